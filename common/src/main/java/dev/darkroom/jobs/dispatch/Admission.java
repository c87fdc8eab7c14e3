package dev.darkroom.jobs.dispatch;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of one type may go out now, beside the window: asked by a dispatch before anything is submitted. Used by one thread.
 */
interface Admission {

    /** Of a type without limits, none of whose lanes is held back. */
    Admission FREE = new Admission() {
        @Override
        public boolean isFree() {
            return true;
        }

        @Override
        public boolean isShut(String lane) {
            return false;
        }

        @Override
        public Admitted admit(List<WaitingJob> jobs) {
            return new Admitted(jobs, List.of());
        }
    };

    /**
     * An answer.
     *
     * @param jobs may go out now, permits taken for them
     * @param cut could have gone out but for the type's own limit: they come first when it lets out more
     */
    record Admitted(List<WaitingJob> jobs, List<WaitingJob> cut) {

        /** Those of the jobs that were asked for which their lane has to wait: others may go before them. */
        Set<WaitingJob> refused(List<WaitingJob> asked) {
            Set<WaitingJob> refused = new LinkedHashSet<>(asked);
            jobs.forEach(refused::remove);
            cut.forEach(refused::remove);
            return refused;
        }
    }

    /** Whether nothing but the window bounds what goes out: else a small number in the servers says nothing of the workers. */
    default boolean isFree() {
        return false;
    }

    /** No more than so many can go out now: more need not be read. */
    default int most() {
        return Integer.MAX_VALUE;
    }

    /** Whether nothing of the lane may go out at all: then it need not be read. */
    boolean isShut(String lane);

    /** Those that may go out now, in the given order. The others wait on. */
    Admitted admit(List<WaitingJob> jobs) throws SQLException;
}
