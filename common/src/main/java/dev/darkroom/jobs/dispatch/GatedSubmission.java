package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Priority;
import dev.darkroom.jobs.breaker.HeldLanes;
import dev.darkroom.jobs.ledger.CommittedJob;
import dev.darkroom.jobs.ledger.DirectSubmission;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Direct submission while the relay's gate is open. The gate is read through the enqueuer's own transaction, at most once a
 * second: an idle process asks nothing. Each reading grants a quota; what goes beyond it waits for the relay. One per
 * physical database; thread-safe.
 */
final class GatedSubmission implements DirectSubmission {

    private static final Logger LOG = LoggerFactory.getLogger(GatedSubmission.class);

    private static final long READING_HOLDS = Duration.ofSeconds(1).toNanos();

    /** Gates that no relay has renewed for four seconds are shut: a new leader must look first. So is that of a held lane. */
    private static final String OPEN_GATES = """
            SELECT type, quota FROM jobs.type_state s
            WHERE gate_open AND published_at > clock_timestamp() - interval '4 seconds'
              AND NOT EXISTS (SELECT 1 FROM jobs.breaker b WHERE b.type = s.type AND (%s))""".formatted(HeldLanes.HELD_BACK);

    private final Broker broker;
    private final AtomicLong lastReading = new AtomicLong(System.nanoTime() - READING_HOLDS);
    private volatile Map<String, AtomicInteger> quotas = Map.of();

    GatedSubmission(Broker broker) {
        this.broker = broker;
    }

    @Override
    public boolean admits(Connection connection, JobType<?> type, int count) throws SQLException {
        if (!broker.isConnected()) {
            return false;
        }
        readIfOld(connection);
        AtomicInteger quota = quotas.get(type.name());
        if (quota == null) {
            return false;
        }
        int before = quota.getAndUpdate(left -> left >= count ? left - count : left);
        return before >= count;
    }

    private void readIfOld(Connection connection) throws SQLException {
        long last = lastReading.get();
        long now = System.nanoTime();
        if (now - last < READING_HOLDS || !lastReading.compareAndSet(last, now)) {
            return;
        }
        Map<String, AtomicInteger> read = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(OPEN_GATES);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                read.put(rows.getString(1), new AtomicInteger(rows.getInt(2)));
            }
        }
        quotas = read;
    }

    @Override
    public void submit(List<CommittedJob> jobs) {
        broker.submit(jobs.stream().map(GatedSubmission::outgoing).toList(), new LeftToTheRelay());
    }

    private static Broker.Outgoing outgoing(CommittedJob job) {
        JobEnvelope envelope =
                new JobEnvelope(job.id(), 0, 0, job.marks(), job.lane(), job.trace(), job.expiresAt(), job.arguments());
        return new Broker.Outgoing(job.type().name(), envelope, job.priority() == Priority.HIGH);
    }

    /** What is lost is looked after anyway. */
    private static final class LeftToTheRelay implements Broker.Answers {

        @Override
        public void taken(Broker.Outgoing job) {}

        @Override
        public void lost(Broker.Outgoing job, Exception cause) {
            LOG.debug(
                    "Job {} did not reach a job server; the relay submits it when its lease ends",
                    job.envelope().id(),
                    cause);
        }
    }
}
