package dev.darkroom.jobs;

import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Any number of jobs to be enqueued in bounded memory.
 *
 * @param name of this bulk and no other, for ever: by it a bulk that stopped goes on
 * @param jobs read once, by the thread that enqueues
 * @param isFlow whether they belong together
 * @param followUp what follows when all jobs of the flow have ended; null if nothing does
 */
public record NewBulk(
        String name,
        Iterator<NewJob> jobs,
        boolean isFlow,
        @Nullable FlowFollowUp followUp,
        BulkProgress progress) {

    private static final int LONGEST_NAME = 200;

    public NewBulk {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("A bulk has a name of at most 200 characters, not \"" + name + "\"");
        }
    }

    public static NewBulk named(String name, Iterator<NewJob> jobs) {
        return new NewBulk(name, jobs, false, null, BulkProgress.NONE);
    }

    /** As a flow: what follows is enqueued when all of its jobs have ended, but not before the last is enqueued. */
    public NewBulk thenFlow(FlowFollowUp next) {
        return new NewBulk(name, jobs, true, Objects.requireNonNull(next), progress);
    }

    public NewBulk telling(BulkProgress listener) {
        return new NewBulk(name, jobs, isFlow, followUp, listener);
    }
}
