package dev.darkroom.ops.killtest.parts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Signals to a process and all that it has started. */
final class Signals {

    private Signals() {}

    /** Returns when the signal is sent; processes that are gone are passed over. */
    static void send(String signal, long pid) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -s \"$0\" \"$@\" 2>/dev/null", signal));
        ProcessHandle.of(pid)
                .map(process -> Stream.concat(Stream.of(process), process.descendants()))
                .orElse(Stream.empty())
                .forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("Process " + pid + " could not be signalled: " + e.getMessage(), e);
        }
    }
}
