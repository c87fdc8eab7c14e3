/** Data sources whose connections do something else than they are asked: how tests and benchmarks take a guard away. */
@NullMarked
package dev.darkroom.ops.intercept;

import org.jspecify.annotations.NullMarked;
