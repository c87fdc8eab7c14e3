package dev.darkroom.gearman.storm;

import dev.darkroom.gearman.RestartableServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A job server in a process of its own, ended by SIGKILL. */
public abstract class ProcessServer extends RestartableServer {

    private volatile Process process;

    /** How to start it on this port. */
    abstract List<String> command(int port);

    /** Lets it stand still, connections and all, until it is killed. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Lets it go on after {@link #freeze}. */
    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process signal = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (signal.waitFor() != 0) {
            throw new IllegalStateException("The job server got no signal " + name);
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
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process = started;
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "job-server-end"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
