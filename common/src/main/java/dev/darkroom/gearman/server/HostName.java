package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine, which gearmand puts into its handles; there are programs that look for it. */
final class HostName {

    /** Where Linux tells it without asking a name server. */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private static final String UNKNOWN = "localhost";

    /** A handle has at most 64 bytes in gearmand, with {@code H:} and the job's number. */
    private static final int LONGEST = 40;

    private HostName() {}

    static String ofThisMachine() {
        try {
            String name = Files.readString(KERNEL, US_ASCII).strip();
            return name.isEmpty() ? UNKNOWN : name.substring(0, Math.min(LONGEST, name.length()));
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
