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
     * @param kind what it says about the other side; matters to types with a breaker
     */
    record Retry(
            @Nullable Duration after,
            String reason,
            @Nullable Throwable cause,
            Kind kind) implements Outcome {

        /** What a failed run says about what it called. */
        public enum Kind {
            /** Nothing. */
            FAILED,
            /** It could not be reached: another job of the lane would fare no better. */
            UNREACHABLE,
            /** It asked to be left alone for a while. */
            BACK_OFF
        }

        public Retry(@Nullable Duration after, String reason, @Nullable Throwable cause) {
            this(after, reason, cause, Kind.FAILED);
        }
    }

    /** Not now: the job waits without counting an attempt. */
    record Snooze(Duration delay) implements Outcome {}

    /**
     * The work is no longer wanted: the job goes, counted and logged with the reason.
     *
     * @param ran whether its handler said so; false for a job that was not run, which says nothing about what it would have called
     */
    record Discard(String reason, boolean ran) implements Outcome {}

    static Done done() {
        return Done.PLAIN;
    }

    static Retry retry(String reason) {
        return new Retry(null, reason, null);
    }

    static Retry retryAfter(Duration delay, String reason) {
        return new Retry(delay, reason, null);
    }

    /**
     * What the job calls cannot be reached. With a {@link BreakerPolicy} a run of these holds the job's lane back, and while it
     * is held back costs no attempt; without one this is {@link #retry}.
     */
    static Retry unreachable(String reason, @Nullable Throwable cause) {
        return new Retry(null, reason, cause, Retry.Kind.UNREACHABLE);
    }

    /** As {@link #unreachable}, when the other side said how long to stay away: no probe goes out before. */
    static Retry backOff(Duration after, String reason) {
        return new Retry(after, reason, null, Retry.Kind.BACK_OFF);
    }

    static Snooze snooze(Duration delay) {
        return new Snooze(delay);
    }

    static Discard discard(String reason) {
        return new Discard(reason, true);
    }
}
