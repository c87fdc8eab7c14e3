package dev.darkroom.jobs.unique;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.Enqueued;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.unique.UniqueJobs.Index;
import dev.darkroom.jobs.unique.UniqueJobs.Sum;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two transactions want one key, or one relies on a run that is about to begin. */
@Timeout(60)
class UniqueKeyRacesIT {

    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock'";

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final ExecutorService others = Executors.newCachedThreadPool();
    private LedgerRows rows;
    private UniqueJobs jobs;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        jobs = new UniqueJobs(POSTGRES.dataSource());
    }

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    @Test
    void the_second_of_two_transactions_waits_for_the_first_and_is_told() throws Exception {
        CompletableFuture<Enqueued> second = new CompletableFuture<>();
        Enqueued first = jobs.ledger.inTransaction(transaction -> {
            Enqueued taken = transaction.enqueue(new Sum("ana", 1));
            others.execute(() -> second.complete(jobs.enqueue(new Sum("ana", 2))));
            awaitWaiting();
            return taken;
        });

        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(Enqueued.duplicateOf(jobs.id(first)));
        assertThat(rows.count("job")).isOne();
    }

    @Test
    void the_second_of_two_transactions_gets_the_key_if_the_first_fails() throws Exception {
        CompletableFuture<Enqueued> second = new CompletableFuture<>();
        try {
            jobs.ledger.inTransaction(transaction -> {
                transaction.enqueue(new Sum("ana", 1));
                others.execute(() -> second.complete(jobs.enqueue(new Sum("ana", 2))));
                awaitWaiting();
                throw new IllegalStateException("no");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("no");
        }

        assertThat(second.get(20, TimeUnit.SECONDS).accepted()).isTrue();
        assertThat(rows.one("SELECT convert_from(args, 'UTF8')::json ->> 'amount' FROM jobs.job"))
                .isEqualTo("2");
    }

    @Test
    void a_run_does_not_begin_before_the_transaction_that_relies_on_it_has_committed() throws Exception {
        long id = jobs.id(jobs.enqueue(new Index("a")));
        Future<?> beginning = jobs.ledger.inTransaction(transaction -> {
            assertThat(transaction.enqueue(new Index("a")).accepted()).isFalse();
            Future<?> run = others.submit(() -> begun(id));
            awaitWaiting();
            assertThat(run.isDone()).isFalse();
            return run;
        });

        beginning.get(20, TimeUnit.SECONDS);
        assertThat(jobs.enqueue(new Index("a")).accepted()).isTrue();
    }

    private Object begun(long id) throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            ReleaseKeys.ofBegun(connection, id, 0);
            return id;
        }
    }

    @Test
    void of_many_that_enqueue_the_same_keys_at_once_one_each_is_accepted() throws Exception {
        int keys = 40;
        CountDownLatch go = new CountDownLatch(1);
        List<Future<List<Enqueued>>> results = new ArrayList<>();
        for (int thread = 0; thread < 6; thread++) {
            int shift = thread * 7;
            results.add(others.submit(() -> {
                go.await();
                return jobs.ledger.inTransaction(transaction -> transaction.enqueue(IntStream.range(0, keys)
                        .mapToObj(i -> NewJob.now(new Sum("k" + (i + shift) % keys, i)))
                        .toList()));
            }));
        }
        go.countDown();

        int accepted = 0;
        for (Future<List<Enqueued>> result : results) {
            accepted += (int) result.get(30, TimeUnit.SECONDS).stream()
                    .filter(Enqueued::accepted)
                    .count();
        }
        assertThat(accepted).isEqualTo(keys);
        assertThat(rows.count("job")).isEqualTo(keys);
        assertThat(
                        rows.one(
                                "SELECT count(*) FROM jobs.unique_job u JOIN jobs.job j ON j.id = u.job_id AND j.unique_key = u.key"))
                .isEqualTo(Integer.toString(keys));
    }

    @Test
    void transactions_that_want_the_same_keys_in_another_order_do_not_wait_for_each_other() throws Exception {
        CompletableFuture<Enqueued> forwards = new CompletableFuture<>();
        CompletableFuture<Enqueued> backwards = new CompletableFuture<>();
        jobs.ledger.inTransaction(transaction -> {
            transaction.enqueue(new Sum("m", 0));
            others.execute(() -> forwards.completeAsync(() -> enqueueAll("a", "m", "z")));
            awaitWaiting(1);
            others.execute(() -> backwards.completeAsync(() -> enqueueAll("z", "m", "a")));
            awaitWaiting(2);
            return null;
        });

        assertThat(forwards.get(20, TimeUnit.SECONDS).accepted()).isTrue();
        assertThat(backwards.get(20, TimeUnit.SECONDS).accepted()).isFalse();
        assertThat(rows.all("SELECT key FROM jobs.unique_job ORDER BY key")).containsExactly("a", "m", "z");
    }

    private Enqueued enqueueAll(String... keys) {
        return jobs.ledger
                .inTransaction(transaction -> transaction.enqueue(
                        Stream.of(keys).map(key -> NewJob.now(new Sum(key, 1))).toList()))
                .get(0);
    }

    private void awaitWaiting() {
        awaitWaiting(1);
    }

    private void awaitWaiting(int transactions) {
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!rows.one(WAITING).equals(Integer.toString(transactions))) {
                assertThat(System.nanoTime()).as("nobody waits for the key").isLessThan(deadline);
                Pause.SLEEP.pause(Duration.ofMillis(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
