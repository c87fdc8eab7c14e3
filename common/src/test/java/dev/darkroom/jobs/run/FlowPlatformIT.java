package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.NewFlow;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.jobs.TestJobs.Summary;
import dev.darkroom.jobs.ledger.DirectSubmission;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Flows over a real job server and real workers, some of which go away. */
@Timeout(90)
class FlowPlatformIT extends PlatformFixture {

    private static final int JOBS = 1_000;

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    private final Queue<Summary> summaries = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(300);

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @Test
    void a_flow_ends_once_though_its_workers_and_the_job_server_go_away() throws Exception {
        relay();
        JobWorker leaving = worker("leaving", 2, handlers());
        worker("staying", 2, handlers());
        ledger(DirectSubmission.NONE)
                .inTransaction(transaction -> transaction.enqueueFlow(new NewFlow(
                        IntStream.range(0, JOBS)
                                .mapToObj(number -> NewJob.now(new Step("", number)))
                                .toList(),
                        Summary.of("all"))));

        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        leaving.close();
        server().kill();
        server().start();

        awaitEmptyLedger();
        assertThat(summaries).containsExactly(new Summary("all", JOBS - 20, 10, 10));
        assertThat(rows.one("SELECT jobs || ' ' || done || ' ' || discarded || ' ' || failed FROM jobs.flow"))
                .isEqualTo(JOBS + " " + (JOBS - 20) + " 10 10");
        assertThat(rows.count("failed_job")).isEqualTo(10);
    }

    private JobHandlers handlers() {
        return new JobHandlers()
                .add(TestJobs.STEP, (step, context) -> {
                    begun.countDown();
                    return switch (step.number() % 100) {
                        case 7 -> Outcome.discard("not wanted");
                        case 8 -> Outcome.retry("does not work");
                        case 9 -> context.attempt() == 0 ? Outcome.retry("not at first") : Outcome.done();
                        default -> Outcome.done();
                    };
                })
                .add(TestJobs.SUMMARY, (summary, context) -> {
                    summaries.add(summary);
                    return Outcome.done();
                });
    }
}
