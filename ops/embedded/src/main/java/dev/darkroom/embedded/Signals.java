package dev.darkroom.embedded;

import java.io.IOException;
import java.util.List;

/** Sends the signals that {@link ProcessHandle} can't. */
final class Signals {

    private Signals() {}

    /** Does nothing when the process is gone. */
    static void send(StopSignal signal, long pid) {
        List<String> command = List.of("sh", "-c", "kill -s \"$0\" \"$1\"", signal.name(), String.valueOf(pid));
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new EmbeddedServerException("Could not signal process " + pid + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw EmbeddedServerException.interrupted("signalling process " + pid, e);
        }
    }
}
