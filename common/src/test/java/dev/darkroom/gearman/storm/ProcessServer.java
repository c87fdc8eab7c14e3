package dev.darkroom.gearman.storm;

import dev.darkroom.gearman.RestartableServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A job server in a process of its own, ended by SIGKILL. Its log says when it took a connection. */
abstract class ProcessServer extends RestartableServer {

    private final List<Long> accepted = new ArrayList<>();
    private volatile Process process;

    /** How to start it on this port. */
    abstract List<String> command(int port);

    /** Whether this line of its output says that a connection was taken. */
    abstract boolean saysAccepted(String line);

    /** When it took each connection since it was last started, by {@link System#nanoTime()}. */
    List<Long> accepted() {
        synchronized (accepted) {
            return List.copyOf(accepted);
        }
    }

    /** Lets it stand still, connections and all, until it is killed. */
    void freeze() throws IOException, InterruptedException {
        Process signal = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (signal.waitFor() != 0) {
            throw new IllegalStateException("The job server could not be stopped");
        }
    }

    @Override
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                if (!running.waitFor(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The job server outlived SIGKILL by 20 s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void launch(int onPort) {
        try {
            Process started = new ProcessBuilder(command(onPort))
                    .redirectErrorStream(true)
                    .start();
            process = started;
            Thread reader = new Thread(() -> count(started), "job-server-output");
            reader.setDaemon(true);
            reader.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "job-server-end"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count(Process started) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().filter(this::saysAccepted).forEach(line -> note(System.nanoTime()));
        } catch (UncheckedIOException | IOException e) {
            // The server was killed: the end of its output.
        }
    }

    private void note(long time) {
        synchronized (accepted) {
            accepted.add(time);
        }
    }
}
