package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Priority;
import java.time.Instant;

/** A job about to be written to the ledger. */
record JobRow(JobType<?> type, byte[] arguments, Priority priority, String lane, NewJob order, JobExtras extras) {

    boolean isDueNow() {
        return order.isDueNow();
    }

    /** @param now the database's clock */
    Instant runAt(Instant now) {
        Instant at = order.at();
        if (at == null) {
            return now.plus(order.delay());
        }
        return at.isAfter(now) ? at : now;
    }

    JobRow withExtras(JobExtras other) {
        return new JobRow(type, arguments, priority, lane, order, other);
    }
}
