package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.NewFlow;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Report;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.jobs.TestJobs.Summary;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.telemetry.TraceContext;
import dev.darkroom.telemetry.TraceScope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** A trace goes from whoever enqueues through every follow-up, and stays with a failure. */
@Timeout(90)
class TracedJobsIT extends PlatformFixture {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    private final Map<String, String> seen = new ConcurrentHashMap<>();

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @Test
    void a_trace_goes_from_the_enqueuer_through_follow_ups_and_into_failures() throws InterruptedException {
        worker(
                "w",
                2,
                new JobHandlers()
                        .add(TestJobs.STEP, (step, context) -> {
                            seen.put("step " + step.number(), String.valueOf(TraceScope.currentHeader()));
                            seen.put("log " + step.number(), String.valueOf(MDC.get(TraceScope.MDC_KEY)));
                            return Outcome.done().then(new Report("r"));
                        })
                        .add(TestJobs.REPORT, (report, context) -> {
                            throw new IllegalStateException("fails");
                        }));
        relay();
        TraceContext trace = TraceContext.begin();
        try (TraceScope scope = TraceScope.open(trace)) {
            enqueueStep(1);
        }
        enqueueStep(2);

        awaitRow("SELECT count(*) FROM jobs.failed_job", "2");
        assertThat(seen.get("step 1")).startsWith("00-" + trace.traceId()).isNotEqualTo(trace.header());
        assertThat(seen.get("log 1")).isEqualTo(trace.traceId());
        assertThat(seen.get("step 2")).isEqualTo("null");
        assertThat(seen.get("log 2")).isEqualTo("null");
        assertThat(rows.all("SELECT coalesce(trace, 'none') FROM jobs.failed_job ORDER BY trace"))
                .containsExactly(seen.get("step 1"), "none");
    }

    @Test
    void what_follows_a_flow_goes_on_with_the_trace_of_whoever_began_it() throws InterruptedException {
        worker(
                "w",
                2,
                new JobHandlers()
                        .add(TestJobs.STEP, (step, context) -> Outcome.done())
                        .add(TestJobs.SUMMARY, (summary, context) -> {
                            seen.put(summary.text(), String.valueOf(TraceScope.currentHeader()));
                            return Outcome.done();
                        }));
        relay();
        TraceContext trace = TraceContext.begin();
        try (TraceScope scope = TraceScope.open(trace)) {
            enqueueFlow("traced");
        }
        enqueueFlow("plain");

        awaitEmptyLedger();
        assertThat(seen.get("traced")).startsWith("00-" + trace.traceId()).isNotEqualTo(trace.header());
        assertThat(seen.get("plain")).isEqualTo("null");
    }

    private void enqueueFlow(String text) {
        ledger(DirectSubmission.NONE)
                .inTransaction(transaction -> transaction.enqueueFlow(new NewFlow(
                        List.of(NewJob.now(new Step("", 1)), NewJob.now(new Step("", 2))), Summary.of(text))));
    }

    private void enqueueStep(int number) {
        ledger(DirectSubmission.NONE).inTransaction(transaction -> {
            transaction.enqueue(List.of(NewJob.now(new Step("", number))));
            return null;
        });
    }
}
