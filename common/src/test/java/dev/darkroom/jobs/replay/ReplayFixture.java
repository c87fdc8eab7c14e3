package dev.darkroom.jobs.replay;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.replay.work.ReplayDuty;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.jobs.run.JobWorker;
import dev.darkroom.jobs.run.WorkerIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two ledgers with relays and workers. */
abstract class ReplayFixture {

    @RegisterExtension
    static final TwoLedgers LEDGERS = new TwoLedgers();

    final List<AutoCloseable> open = new ArrayList<>();

    abstract RestartableServer server();

    @BeforeEach
    void begin() {
        LEDGERS.clear();
    }

    @AfterEach
    void end() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        server().kill();
        server().start();
    }

    JobServers relays() {
        JobServers servers = new JobServers(List.of(server().address()), "test", "here");
        open.add(servers);
        for (int database = 1; database <= 2; database++) {
            servers.relay(database, LEDGERS.source(database), List.of(new ReplayDuty(database, LEDGERS.directory())));
        }
        return servers;
    }

    void worker(int threads, JobHandler<Step> handler) {
        JobWorker worker = new JobWorker(
                WorkerIdentity.ofThisProcess("w", "here", threads),
                List.of(server().address()),
                LEDGERS.ledgers(),
                new JobHandlers().add(TestJobs.STEP, handler),
                FlightRecorder.NONE,
                Pause.SLEEP);
        open.add(() -> worker.stop(Duration.ofSeconds(5)));
        worker.start();
    }

    static void awaitState(long id, ReplayState state) throws InterruptedException {
        TwoLedgers.await("replay " + id + " " + state, () -> LEDGERS.state(id) == state);
    }
}
