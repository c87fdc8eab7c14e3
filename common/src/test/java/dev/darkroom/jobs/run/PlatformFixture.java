package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.admin.FunctionStatus;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.dispatch.Relay;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.watch.lanes.LaneFigures;
import dev.darkroom.jobs.watch.lanes.TypeLanes;
import dev.darkroom.testing.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database, a job server, and what tests of the whole platform do with them. */
abstract class PlatformFixture {

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    final Map<Integer, AtomicInteger> runs = new ConcurrentHashMap<>();
    final Queue<Step> order = new ConcurrentLinkedQueue<>();
    final List<AutoCloseable> open = new ArrayList<>();
    DataSource source;
    LedgerRows rows;

    abstract RestartableServer server();

    @BeforeEach
    void begin() {
        source = POSTGRES.dataSource();
        rows = new LedgerRows(source);
        rows.clear();
    }

    @AfterEach
    void end() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        // The next test begins with a server that holds nothing.
        server().kill();
        server().start();
    }

    /** Of all job servers. */
    List<ServerAddress> addresses() {
        return List.of(server().address());
    }

    long heldByServer() {
        try (GearmanAdmin admin = new GearmanAdmin(server().address())) {
            FunctionStatus step = admin.status().get("test.step");
            return step == null ? 0 : step.total();
        }
    }

    JobHandlers counting() {
        return new JobHandlers().add(TestJobs.STEP, (step, context) -> {
            count(step);
            order.add(step);
            return Outcome.done();
        });
    }

    void count(Step step) {
        runs.computeIfAbsent(step.number(), key -> new AtomicInteger()).incrementAndGet();
    }

    JobServers servers() {
        JobServers servers = new JobServers(addresses(), "test", "here");
        open.add(servers);
        return servers;
    }

    Relay relay() {
        return servers().relay(1, source);
    }

    Ledger ledger(DirectSubmission direct) {
        return new Ledger(1, source, TestJobs.TYPES, direct);
    }

    JobWorker worker(String name, int threads, JobHandlers handlers, Ledger... others) {
        List<Ledger> ledgers = new ArrayList<>(List.of(others));
        ledgers.add(ledger(DirectSubmission.NONE));
        JobWorker worker = new JobWorker(
                WorkerIdentity.ofThisProcess(name, "here", threads),
                addresses(),
                ledgers,
                handlers,
                FlightRecorder.NONE,
                Pause.SLEEP);
        open.add(worker);
        worker.start();
        return worker;
    }

    static void enqueue(Ledger ledger, String lane, int from, int to) {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(IntStream.range(from, to)
                    .mapToObj(number -> NewJob.now(new Step(lane, number)))
                    .toList());
            return null;
        });
    }

    /** What is told of a lane of {@code test.step}, once heartbeats tell of so many runs. */
    LaneFigures awaitLane(String lane, long runs) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (true) {
            TypeLanes step = TypeLanes.read(List.of(source)).get("test.step");
            LaneFigures figures = step == null ? null : step.lanes().get(lane);
            if (figures != null
                    && figures.minute() != null
                    && figures.minute().counts().ended() >= runs) {
                return figures;
            }
            assertThat(System.nanoTime())
                    .as("runs of lane " + lane + " are told")
                    .isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
    }

    void awaitEmptyLedger() throws InterruptedException {
        awaitRow("SELECT (SELECT count(*) FROM jobs.job) + (SELECT count(*) FROM jobs.later_job)", "0");
    }

    void awaitRow(String sql, String wanted) throws InterruptedException {
        awaitRow(sql, wanted, 40);
    }

    void awaitRow(String sql, String wanted, int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!wanted.equals(rows.all(sql).stream().findFirst().orElse(null))) {
            assertThat(System.nanoTime()).as(sql + " is never " + wanted).isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(10));
        }
    }
}
