/** What a process tells about its work beyond its results: traces that go from a request through every job. Depends on nothing of ours. */
@NullMarked
package dev.darkroom.telemetry;

import org.jspecify.annotations.NullMarked;
