package dev.darkroom.ops.killtest.load;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.CommitUnknownException;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.ops.killtest.effects.EffectJobs;
import dev.darkroom.ops.killtest.effects.JobKey;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues jobs, a transaction after the other, and logs what it learns of each. Every transaction writes a row of its own
 * besides, by which the judge tells whether it took place. Used by one thread, but for {@link #stop}.
 */
final class Producer {

    private static final Logger LOG = LoggerFactory.getLogger(Producer.class);

    private static final String BATCH =
            "INSERT INTO killtest.batch (producer, batch, jobs, refusal) VALUES (?, ?, ?, ?)";

    /** Each transaction of so many is refused by the database at its commit, when its jobs are written already. */
    private static final int REFUSED = 20;

    /** The jobs of one transaction of so many are due later. */
    private static final int DELAYED = 10;

    private static final Duration DELAY = Duration.ofMillis(700);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

    private final Ledger ledger;
    private final CommitLog log;
    private final Pace pace;
    private final int number;
    private final RandomGenerator random;
    private volatile boolean stopping;
    private int batch;
    private int sequence;

    Producer(Ledger ledger, CommitLog log, Pace pace, int number, RandomGenerator random) {
        this.ledger = ledger;
        this.log = log;
        this.pace = pace;
        this.number = number;
        this.random = random;
    }

    void stop() {
        stopping = true;
    }

    void run() throws IOException, InterruptedException {
        while (!stopping) {
            int count = pace.nextBatch();
            if (count > 0) {
                log.begin(batch, sequence, count);
                CommitLog.Answer answer = commit(count);
                log.answered(batch, answer);
                batch++;
                sequence += count;
                if (answer == CommitLog.Answer.ACKNOWLEDGED) {
                    continue;
                }
            }
            Pause.SLEEP.pause(AFTER_FAILURE);
        }
    }

    private CommitLog.Answer commit(int count) {
        try {
            return ledger.inTransaction(transaction -> {
                insertBatch(transaction, count);
                transaction.enqueue(jobs(count));
                return CommitLog.Answer.ACKNOWLEDGED;
            });
        } catch (CommitUnknownException e) {
            LOG.info("Batch {} is unknown: {}", batch, e.getMessage());
            return CommitLog.Answer.UNKNOWN;
        } catch (JobException e) {
            LOG.info("Batch {} failed: {}", batch, e.getMessage());
            return CommitLog.Answer.FAILED;
        }
    }

    private void insertBatch(JobTransaction transaction, int count) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement(BATCH)) {
            insert.setInt(1, number);
            insert.setInt(2, batch);
            insert.setInt(3, count);
            if (batch % REFUSED == REFUSED / 2) {
                insert.setInt(4, 1);
            } else {
                insert.setNull(4, Types.INTEGER);
            }
            insert.executeUpdate();
        }
    }

    private List<NewJob> jobs(int count) {
        Duration delay = random.nextInt(DELAYED) == 0 ? DELAY : Duration.ZERO;
        return IntStream.range(sequence, sequence + count)
                .mapToObj(one -> NewJob.after(delay, EffectJobs.job(JobKey.of(number, one))))
                .toList();
    }
}
