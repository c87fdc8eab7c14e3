package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.clock.Pause;
import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL does not die, which every connection would notice, but stands still. */
@Timeout(180)
class RelayDatabaseHangIT {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @TempDir
    private Path folder;

    private final Set<Integer> done = ConcurrentHashMap.newKeySet();
    private EmbeddedPostgres postgres;
    private HikariDataSource forRelay;
    private HikariDataSource forWorker;
    private JobServers servers;
    private JobWorker worker;
    private Ledger ledger;
    private LedgerRows rows;

    @BeforeEach
    void begin() {
        postgres = EmbeddedPostgres.builder(folder.resolve("pg")).start();
        postgres.createDatabaseIfMissing("jobs");
        forRelay = source("relay");
        forWorker = source("worker");
        LedgerSchema.migrate(forWorker, 1);
        PGSimpleDataSource fresh = new PGSimpleDataSource();
        fresh.setUrl(postgres.jdbcUrl("jobs"));
        rows = new LedgerRows(fresh);
        ledger = new Ledger(1, forWorker, TestJobs.TYPES, DirectSubmission.NONE);
        servers = new JobServers(List.of(SERVER.address()), "test", "here");
        servers.relay(1, forRelay);
        worker = new JobWorker(
                WorkerIdentity.ofThisProcess("w", "here", 2),
                List.of(SERVER.address()),
                List.of(ledger),
                new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    done.add(step.number());
                    return Outcome.done();
                }),
                FlightRecorder.NONE,
                Pause.SLEEP);
        worker.start();
    }

    @AfterEach
    void end() throws Exception {
        Signals.goOn(postgres.pid());
        for (ProcessHandle session : sessions()) {
            Signals.goOn(session.pid());
        }
        worker.close();
        servers.close();
        forRelay.close();
        forWorker.close();
        postgres.stop();
    }

    @Test
    void a_relay_whose_session_stands_still_goes_on_with_another() throws Exception {
        enqueue(0, 100);
        awaitDone(100);
        Set<Thread> before = relayThreads();

        Signals.stop(Long.parseLong(rows.one("""
                SELECT pid FROM pg_stat_activity WHERE application_name = 'relay' AND query LIKE '%jobs.%'
                ORDER BY state_change DESC LIMIT 1""")));
        enqueue(100, 200);

        awaitDone(200);
        assertThat(relayThreads()).isEqualTo(before).hasSize(2);
    }

    @Test
    @Tag("full")
    void a_whole_server_that_stood_still_for_long_is_gone_on_with() throws Exception {
        enqueue(0, 100);
        awaitDone(100);
        Set<Thread> before = relayThreads();
        enqueue(100, 2_000);

        List<ProcessHandle> stopped = sessions();
        for (ProcessHandle session : stopped) {
            Signals.stop(session.pid());
        }
        Signals.stop(postgres.pid());
        // Longer than the relay, the heartbeats and the settling wait for an answer.
        Pause.SLEEP.pause(Duration.ofSeconds(35));
        Signals.goOn(postgres.pid());
        for (ProcessHandle session : stopped) {
            Signals.goOn(session.pid());
        }

        awaitDone(2_000);
        assertThat(relayThreads()).isEqualTo(before).hasSize(2);
        assertThat(rows.one("SELECT count(*) FROM jobs.failed_job")).isEqualTo("0");
    }

    private static Set<Thread> relayThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("relay-1"))
                .collect(Collectors.toSet());
    }

    private List<ProcessHandle> sessions() {
        return ProcessHandle.of(postgres.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
    }

    private void enqueue(int from, int to) {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(IntStream.range(from, to)
                    .mapToObj(number -> NewJob.now(TestJobs.step(number)))
                    .toList());
            return null;
        });
    }

    private void awaitDone(int jobs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (done.size() < jobs || rows.count("job") + rows.count("later_job") > 0) {
            assertThat(System.nanoTime())
                    .as("%d of %d are done", done.size(), jobs)
                    .isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
    }

    private HikariDataSource source(String name) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl("jobs"));
        config.setMaximumPoolSize(5);
        config.setConnectionTimeout(2_000);
        config.addDataSourceProperty("ApplicationName", name);
        return new HikariDataSource(config);
    }
}
