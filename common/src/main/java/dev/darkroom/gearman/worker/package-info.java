/** Takes jobs from job servers, many at once over one connection per server. */
@NullMarked
package dev.darkroom.gearman.worker;

import org.jspecify.annotations.NullMarked;
