/**
 * An example to copy from: invoices are written and mailed, customers are reminded, sums are kept. Uses nothing of this
 * project but {@code dev.darkroom.gearman} and {@code dev.darkroom.jobs}.
 */
@NullMarked
package dev.darkroom.examples.invoices;

import org.jspecify.annotations.NullMarked;
