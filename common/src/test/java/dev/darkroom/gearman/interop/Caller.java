package dev.darkroom.gearman.interop;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.ServerAddress;
import java.util.List;

/**
 * A client of some library. What it hears of a job is one line each, bytes in hex: {@code data}, {@code warning},
 * {@code status 1/2}, {@code exception}, {@code fail}, {@code complete}.
 */
interface Caller {

    /** Skips the test where the library is missing. */
    void require();

    /** Runs a foreground job to its end. */
    List<String> run(ServerAddress server, String function, byte[] payload, Priority priority);
}
