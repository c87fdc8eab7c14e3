package dev.darkroom.jobs.death;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.server.JobServer;
import dev.darkroom.gearman.server.JobServerSettings;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import dev.darkroom.testing.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Jobs that kill their process, among others that do not, with several real worker processes. */
@Timeout(180)
class PoisonJobIT {

    private static final int GOOD = 1_000;

    private static final Step POISON = new Step(FatalWorker.POISON, -1);

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<CompletableFuture<Void>> exits = new ArrayList<>();
    private DataSource source;
    private LedgerRows rows;
    private Ledger ledger;
    private JobServer server;
    private DeathWatch deaths;

    @BeforeEach
    void begin() {
        source = POSTGRES.dataSource();
        rows = new LedgerRows(source);
        rows.clear();
        rows.run("DROP TABLE IF EXISTS jobs.test_effect; CREATE TABLE jobs.test_effect (number int, at timestamptz)");
        ledger = new Ledger(1, source, TestJobs.TYPES, DirectSubmission.NONE);
        server = JobServer.start(JobServerSettings.DEFAULT.withJobRetries(1));
        open.add(server);
        DeathRegister register = new DeathRegister(ledger, List.of());
        deaths = new DeathWatch(new RunFolder(folder), List.of(register));
        deaths.start();
        open.add(deaths);
        JobServers servers = new JobServers(List.of(new ServerAddress("127.0.0.1", server.port())), "relay", "here");
        open.add(servers);
        servers.relay(1, source, List.of(new SilentWorkers(register)));
    }

    @AfterEach
    void end() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void a_job_that_kills_its_process_twice_fails_with_the_evidence_and_harms_no_other() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            worker("open");
        }
        GuardedProcess alone = worker("alone");
        enqueue();

        awaitRow("SELECT count(*) FROM jobs.failed_job", "1");
        assertThat(alone.isAlive()).isFalse();
        worker("alone");
        awaitRow("SELECT (SELECT count(*) FROM jobs.job) + (SELECT count(*) FROM jobs.later_job)", "0");

        assertThat(rows.one("SELECT count(*) || ' ' || count(DISTINCT number) FROM jobs.test_effect"))
                .as("every good job had its effect once")
                .isEqualTo(GOOD + " " + GOOD);
        assertThat(rows.one("SELECT lane || ': ' || error_class FROM jobs.failed_job"))
                .isEqualTo("poison: worker died");
        assertThat(rows.one("SELECT string_agg(d.turn || ' ' || alone, ', ' ORDER BY d.turn) FROM jobs.death d"
                        + " JOIN jobs.failed_job f ON f.id = d.job_id"))
                .as("the deaths of the poison's processes")
                .isEqualTo("0 false, 1 true");
        assertThat(rows.count("dead_worker")).isEqualTo(2);
        assertThat(rows.one("SELECT stack FROM jobs.failed_job"))
                .contains(
                        "alone in alone@here:" + alone.pid(),
                        "before in open@here:",
                        "killed by signal 9",
                        "last heartbeat");
        logTheWaitOfInnocents();
    }

    @Test
    void a_worker_that_stands_still_is_ended_and_its_jobs_are_not_suspected() throws Exception {
        StuckWorkers stuck = new StuckWorkers(new RunFolder(folder), List.of(source), Pause.SLEEP);
        stuck.start();
        open.add(stuck);
        GuardedProcess still = worker(FatalWorker.HANGS);
        ledger.inTransaction(transaction -> {
            transaction.enqueue(List.of(NewJob.now(new Step("", 1))));
            return null;
        });
        awaitRow("SELECT count(*) FROM jobs.worker WHERE started <> '{}'", "1");
        Signals.stop(still.pid());
        worker("open");

        awaitRow("SELECT count(*) FROM jobs.test_effect", "1");
        assertThat(still.isAlive()).isFalse();
        assertThat(rows.one("SELECT killed_by FROM jobs.dead_worker"))
                .isEqualTo("the supervisor: it sent no heartbeat for 10 s");
        assertThat(rows.count("death")).isZero();
    }

    @Test
    void a_worker_with_heartbeats_and_without_progress_is_ended_and_replaced() throws Exception {
        StuckWorkers.Patience patience = new StuckWorkers.Patience(Duration.ofSeconds(60), Duration.ofSeconds(3));
        StuckWorkers stuck = new StuckWorkers(new RunFolder(folder), List.of(source), Pause.SLEEP, patience);
        stuck.start();
        open.add(stuck);
        GuardedProcess idle = worker(FatalWorker.HANGS_PATIENTLY);
        enqueueSteps(2);
        awaitRow("SELECT count(*) FROM jobs.worker WHERE progress_at < beat_at - interval '2 seconds'", "1");
        worker("open");

        awaitRow("SELECT count(*) FROM jobs.test_effect", "2");
        assertThat(idle.isAlive()).isFalse();
        assertThat(rows.one("SELECT killed_by FROM jobs.dead_worker"))
                .isEqualTo("the supervisor: it finished nothing for 3 s");
        assertThat(rows.count("death")).isZero();
    }

    @Test
    void a_process_whose_own_loop_stands_still_says_so_and_ends_for_its_supervisor() throws Exception {
        GuardedProcess still = worker(FatalWorker.SETTLES_ONE);
        enqueueSteps(10);

        Duration patience = Duration.ofSeconds(60);
        assertThat(still.awaitLogLine(line -> line.contains("The loop \"settling\" has not turned for"), patience))
                .isPresent();
        assertThat(still.awaitLogLine(line -> line.contains("FatalWorker.hang"), patience))
                .as("the stacks")
                .isPresent();
        assertThat(still.onExit().get(60, TimeUnit.SECONDS)).isEqualTo(FatalWorker.STUCK);
        worker("open");

        awaitRow("SELECT count(DISTINCT number) FROM jobs.test_effect", "10");
        assertThat(rows.count("death")).as("jobs under suspicion").isZero();
    }

    private void enqueueSteps(int count) {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(IntStream.range(0, count)
                    .mapToObj(number -> NewJob.now(new Step("", number)))
                    .toList());
            return null;
        });
    }

    private void logTheWaitOfInnocents() {
        LoggerFactory.getLogger(PoisonJobIT.class)
                .warn("Good jobs by the second after the first report: {}", rows.one("""
                        SELECT string_agg(second || ': ' || jobs, ', ' ORDER BY second)
                        FROM (SELECT floor(extract(epoch FROM at - (SELECT min(reported_at) FROM jobs.dead_worker))) AS second,
                                     count(*) AS jobs
                              FROM jobs.test_effect GROUP BY 1) s"""));
    }

    private void enqueue() {
        ledger.inTransaction(transaction -> {
            // The poison in the middle, so that its first process has others in its hands.
            transaction.enqueue(IntStream.range(0, GOOD + 1)
                    .mapToObj(number -> NewJob.now(number == GOOD / 2 ? POISON : new Step("", number)))
                    .toList());
            return null;
        });
    }

    private GuardedProcess worker(String role) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        GuardedProcess process = GuardedProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        FatalWorker.class.getName(),
                        POSTGRES.jdbcUrl(),
                        String.valueOf(server.port()),
                        folder.toString(),
                        role),
                Map.of(),
                folder.resolve("log-" + open.size() + ".txt"));
        open.add(process::kill);
        exits.add(process.onExit().thenAccept(code -> deaths.ended(process.pid(), code)));
        assertThat(process.awaitLogLine(line -> line.startsWith("ready"), Duration.ofSeconds(60)))
                .isPresent();
        return process;
    }

    private void awaitRow(String sql, String wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!wanted.equals(rows.all(sql).stream().findFirst().orElse(null))) {
            assertThat(System.nanoTime()).as(sql + " is never " + wanted).isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
    }
}
