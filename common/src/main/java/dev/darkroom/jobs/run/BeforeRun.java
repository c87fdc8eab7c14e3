package dev.darkroom.jobs.run;

import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.UniqueKey;
import dev.darkroom.jobs.ledger.DatabaseClock;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.unique.ReleaseKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes before a handler is called, for jobs of one database that are marked: a job past its deadline is not run, and a
 * key that is held while waiting is given back. Thread-safe.
 */
final class BeforeRun {

    private static final Logger LOG = LoggerFactory.getLogger(BeforeRun.class);

    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

    private final DataSource source;
    private final DatabaseClock clock;

    BeforeRun(Ledger ledger) {
        this.source = ledger.source();
        this.clock = new DatabaseClock(source);
    }

    /** The outcome of a job that must not be run now; null if it may. */
    @Nullable
    Outcome insteadOf(HeldJob job) {
        if (job.envelope().marks().isEmpty()) {
            return null;
        }
        try {
            if (job.envelope().marks().has(Mark.EXPIRES) && job.envelope().expiresAt() <= clock.micros()) {
                LOG.info(
                        "Discarded job {} of {}: deadline",
                        job.envelope().id(),
                        job.entry().type());
                return new Outcome.Discard("deadline", false);
            }
            if (job.envelope().marks().has(Mark.UNIQUE) && isHeldWhileWaiting(job)) {
                release(job);
            }
            return null;
        } catch (SQLException e) {
            LOG.warn("Job {} cannot begin and waits for {}: {}", job.envelope().id(), AFTER_ERROR, e.getMessage());
            return Outcome.snooze(AFTER_ERROR);
        }
    }

    private static boolean isHeldWhileWaiting(HeldJob job) {
        UniqueKey<?> key = job.entry().type().uniqueKey();
        return key != null && key.scope() == UniqueKey.Scope.WHILE_WAITING;
    }

    private void release(HeldJob job) throws SQLException {
        try (Connection connection = source.getConnection()) {
            ReleaseKeys.ofBegun(connection, job.envelope().id(), job.envelope().turn());
        }
    }
}
