/**
 * Schedules: jobs that are enqueued again and again, by a cron expression or at a fixed interval, once for each time that
 * comes, however many processes look after it. May use {@code jobs},
 * {@code jobs.ledger} and, as a duty of the relay, {@code jobs.dispatch}.
 */
@NullMarked
package dev.darkroom.jobs.schedule;

import org.jspecify.annotations.NullMarked;
