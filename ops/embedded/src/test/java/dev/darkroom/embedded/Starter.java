package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A {@link StarterMain} in a JVM of its own, and what it started. */
record Starter(Process process, ProcessHandle child, int port) implements AutoCloseable {

    static Starter start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.startsWith("started ")) {
                String[] words = line.split(" ", -1);
                ProcessHandle child = ProcessHandle.of(Long.parseLong(words[1])).orElseThrow();
                return new Starter(process, child, Integer.parseInt(words[2]));
            }
        }
        throw new IOException("The starter ended:\n" + String.join("\n", lines));
    }

    /** kill -9, and nothing else of it is told. */
    void kill() throws Exception {
        process.toHandle().destroyForcibly();
        process.onExit().get(5, TimeUnit.SECONDS);
    }

    /** Fails when the child still runs after 10 s. One that has ended runs no program, collected by init or not. */
    void awaitEndOfChild() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (childRuns()) {
            assertThat(System.nanoTime()).as("time for the child to end").isLessThan(deadline);
            child.onExit().completeOnTimeout(child, 10, TimeUnit.MILLISECONDS).get();
        }
    }

    boolean childRuns() {
        return child.info().command().isPresent();
    }

    /** The shell in the child's process group that is neither the child nor a child of it. */
    static Optional<ProcessHandle> guardOf(ProcessHandle child) throws IOException {
        Process ps = new ProcessBuilder("ps", "-eo", "pid=,ppid=,pgid=,comm=").start();
        String pid = String.valueOf(child.pid());
        return ps.inputReader()
                .lines()
                .map(line -> line.strip().split(" +", -1))
                .filter(words -> words[2].equals(pid) && words[3].endsWith("sh"))
                .filter(words -> !words[0].equals(pid) && !words[1].equals(pid))
                .flatMap(words -> ProcessHandle.of(Long.parseLong(words[0])).stream())
                .findFirst();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        child.destroyForcibly();
    }
}
