package dev.darkroom.gearman.storm;

import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.testing.Signals;
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
    public void freeze() throws InterruptedException {
        Signals.stop(process.pid());
    }

    /** Lets it go on after {@link #freeze}. */
    public void thaw() throws InterruptedException {
        Signals.goOn(process.pid());
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
