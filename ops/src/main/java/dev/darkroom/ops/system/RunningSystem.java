package dev.darkroom.ops.system;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A system that another process runs, seen through its run file. */
public final class RunningSystem {

    /** What an orderly stop takes at worst, with room. */
    private static final Duration STOP = Duration.ofSeconds(100);

    private final DataFolder data;
    private final RunState state;

    private RunningSystem(DataFolder data, RunState state) {
        this.data = data;
        this.state = state;
    }

    /** @throws OpsException when nothing runs on the folder, or it is not ready yet */
    public static RunningSystem require(DataFolder data) {
        RunState state = RunFile.read(data)
                .filter(found -> supervisor(found).isPresent())
                .orElseThrow(() -> new OpsException("Nothing runs on " + data.path()
                        + ": start it with 'darkroom up', or name its folder with --data."));
        if (state.api() == null) {
            throw new OpsException("The system on " + data.path() + " is still starting: wait until it says ready.");
        }
        return new RunningSystem(data, state);
    }

    /**
     * Stops what runs on the folder and waits until nothing of it is left, be it what a killed start left behind.
     *
     * @return whether there was anything
     */
    public static boolean stop(DataFolder data) {
        Optional<RunState> state = RunFile.read(data);
        if (state.isEmpty()) {
            return false;
        }
        Optional<ProcessHandle> supervisor = supervisor(state.get());
        supervisor.ifPresent(RunningSystem::stop);
        List<String> leftovers = Leftovers.stop(state.get());
        if (supervisor.isEmpty()) {
            delete(data);
        }
        return supervisor.isPresent() || !leftovers.isEmpty();
    }

    public RunState state() {
        return state;
    }

    public DataFolder data() {
        return data;
    }

    /** The process of a part at this moment, which may be another one than a moment ago; empty where it is being started. */
    public Optional<ProcessHandle> process(String part) {
        return RunFile.read(data)
                .flatMap(current -> Optional.ofNullable(current.pids().get(part))
                        .flatMap(pid -> Processes.find(pid, current.startTimes().getOrDefault(part, 0L))));
    }

    /** Whether each process of the run file is there, by name. */
    public Map<String, Boolean> parts() {
        Map<String, Boolean> parts = new TreeMap<>();
        state.pids()
                .forEach((name, pid) -> parts.put(
                        name,
                        Processes.find(pid, state.startTimes().getOrDefault(name, 0L))
                                .isPresent()));
        return parts;
    }

    private static void stop(ProcessHandle supervisor) {
        if (!supervisor.destroy()) {
            throw new OpsException("Process " + supervisor.pid()
                    + " may not be stopped by this user: run 'darkroom down' as the user who started it.");
        }
        if (!Processes.awaitEnd(supervisor, STOP)) {
            throw new OpsException("Process " + supervisor.pid() + " has not stopped within " + STOP.toSeconds()
                    + " s: look at its log, or end it with kill -9 " + supervisor.pid() + ".");
        }
    }

    private static Optional<ProcessHandle> supervisor(RunState state) {
        Long pid = state.pids().get(DarkroomSystem.SUPERVISOR);
        return pid == null
                ? Optional.empty()
                : Processes.find(pid, state.startTimes().getOrDefault(DarkroomSystem.SUPERVISOR, 0L));
    }

    private static void delete(DataFolder data) {
        try {
            Files.deleteIfExists(data.runFile());
        } catch (IOException e) {
            throw data.unusable(e);
        }
    }
}
