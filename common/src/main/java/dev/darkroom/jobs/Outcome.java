package dev.darkroom.jobs;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of one run of a job. Of two runs of the same turn only one outcome counts. */
public sealed interface Outcome {

    /**
     * The work is done: the job goes, and its follow-ups and writes commit with it.
     *
     * @param followUps enqueued in the completing transaction
     * @param writes made in the completing transaction, on the database whose ledger holds the job
     * @param flows begun in the completing transaction
     */
    record Done(List<NewJob> followUps, List<CompletionWrite> writes, List<NewFlow> flows) implements Outcome {

        private static final Done PLAIN = new Done(List.of(), List.of(), List.of());

        public Done {
            followUps = List.copyOf(followUps);
            writes = List.copyOf(writes);
            flows = List.copyOf(flows);
        }

        public Done then(Job... next) {
            return then(Stream.of(next).map(NewJob::now).toList());
        }

        public Done then(List<NewJob> next) {
            return new Done(joined(followUps, next), writes, flows);
        }

        /** Begins a flow: what follows is enqueued when all of its jobs have ended. */
        public Done thenFlow(List<NewJob> jobs, FlowFollowUp followUp) {
            return new Done(followUps, writes, joined(flows, List.of(new NewFlow(jobs, followUp))));
        }

        public Done writing(CompletionWrite write) {
            return new Done(followUps, joined(writes, List.of(write)), flows);
        }

        private static <T> List<T> joined(List<T> some, List<T> more) {
            return Stream.concat(some.stream(), more.stream()).toList();
        }
    }

    /**
     * The run failed: the job counts one more attempt, then waits, or goes to the failed table if it has none left.
     *
     * @param after the wait; null for the type's backoff
     */
    record Retry(
            @Nullable Duration after,
            String reason,
            @Nullable Throwable cause) implements Outcome {}

    /** Not now: the job waits without counting an attempt. */
    record Snooze(Duration delay) implements Outcome {}

    /** The work is no longer wanted: the job goes, counted and logged with the reason. */
    record Discard(String reason) implements Outcome {}

    static Done done() {
        return Done.PLAIN;
    }

    static Retry retry(String reason) {
        return new Retry(null, reason, null);
    }

    static Retry retryAfter(Duration delay, String reason) {
        return new Retry(delay, reason, null);
    }

    static Snooze snooze(Duration delay) {
        return new Snooze(delay);
    }

    static Discard discard(String reason) {
        return new Discard(reason);
    }
}
