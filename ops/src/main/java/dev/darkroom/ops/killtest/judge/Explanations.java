package dev.darkroom.ops.killtest.judge;

import dev.darkroom.ops.killtest.faults.Fault;
import dev.darkroom.ops.killtest.parts.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which fault accounts for a second run: one of the first run's own worker between both runs, a stop of the second's, which
 * was asleep when others did its job, else one of the parts that say whether a run is still going on.
 */
final class Explanations {

    /** A job server given up, a lease, and a sweep: so long after a fault a job may come again because of it. */
    private static final long AFTERMATH_MILLIS = 30_000;

    private static final Set<Role> WORKERS = Set.of(Role.WORKER, Role.ALONE);
    private static final Set<Role> DISPATCH = Set.of(Role.JOB_SERVER, Role.RELAY, Role.POSTGRES);

    private final List<Fault> faults;

    Explanations(List<Fault> faults) {
        this.faults = faults;
    }

    /** A few words for the table. */
    Optional<String> of(Runs.Repetition repetition) {
        long begin = repetition.before().at();
        long end = repetition.again().at();
        return ofWorker(repetition.before().pid(), begin, end)
                .findFirst()
                .or(() -> ofWorker(repetition.again().pid(), begin, end)
                        .filter(fault -> fault.type() == Fault.Type.STOP)
                        .findFirst())
                .or(() -> faults.stream()
                        .filter(fault -> DISPATCH.contains(fault.role()))
                        .filter(fault -> fault.overlaps(begin - AFTERMATH_MILLIS, end))
                        .findFirst())
                .map(fault -> fault.role() + (fault.type() == Fault.Type.KILL ? " killed" : " stopped"));
    }

    private Stream<Fault> ofWorker(long pid, long begin, long end) {
        return faults.stream()
                .filter(fault -> WORKERS.contains(fault.role()) && fault.pid() == pid)
                .filter(fault -> fault.overlaps(begin, end));
    }
}
