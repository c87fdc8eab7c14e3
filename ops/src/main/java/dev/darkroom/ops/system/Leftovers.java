package dev.darkroom.ops.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Processes of a system whose supervisor was killed. They end by themselves; what does not, is ended here. */
final class Leftovers {

    /** The guards of the children give them this long, with room. */
    private static final Duration BY_THEMSELVES = Duration.ofSeconds(8);

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private Leftovers() {}

    /** Returns when none of the processes in the run file is left, with the names of those that were. */
    static List<String> stop(RunState state) {
        List<String> names = state.pids().keySet().stream()
                .filter(name -> !name.equals("up"))
                .filter(name -> find(state, name).isPresent())
                .sorted()
                .toList();
        List<ProcessHandle> processes =
                names.stream().flatMap(name -> find(state, name).stream()).toList();
        processes.forEach(ProcessHandle::destroy);
        long start = System.nanoTime();
        for (ProcessHandle process : processes) {
            Duration left = BY_THEMSELVES.minusNanos(System.nanoTime() - start);
            if (!Processes.awaitEnd(process, left.isNegative() ? Duration.ZERO : left)) {
                kill(process);
            }
        }
        return names;
    }

    private static void kill(ProcessHandle process) {
        List<ProcessHandle> family =
                Stream.concat(process.descendants(), Stream.of(process)).toList();
        family.forEach(ProcessHandle::destroyForcibly);
        if (!Processes.awaitEnd(process, AFTER_KILL)) {
            throw new OpsException("Process " + process.pid() + " of an earlier start does not end: end it (kill -9 "
                    + process.pid() + ") and try again.");
        }
    }

    private static Optional<ProcessHandle> find(RunState state, String name) {
        Map<String, Long> startTimes = state.startTimes();
        return Optional.ofNullable(state.pids().get(name))
                .flatMap(pid -> Processes.find(pid, startTimes.getOrDefault(name, 0L)));
    }
}
