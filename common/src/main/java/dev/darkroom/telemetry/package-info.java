/** Names and registration of metrics. Depends on nothing of ours. */
@NullMarked
package dev.darkroom.telemetry;

import org.jspecify.annotations.NullMarked;
