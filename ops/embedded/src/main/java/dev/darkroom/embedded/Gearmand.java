package dev.darkroom.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The gearmand of this machine, where one is installed. */
public final class Gearmand {

    private static final String ROOT = "root";

    private Gearmand() {}

    /** Its program: on the path, or where packages put it, which is on the path of administrators only. */
    public static Optional<Path> installed() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "gearmand"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it on the loopback interface, with a log on standard error and a hash table large enough for what waits, which it looks
     * up by unique key (docs/performance.md).
     *
     * @param options more of its own, as {@code --threads=1}
     */
    public static List<String> command(Path program, int port, Path pidFile, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--hashtable-buckets=1000003",
                "--listen=127.0.0.1",
                "--port=" + port,
                "--pid-file=" + pidFile,
                "--log-file=stderr"));
        // It refuses to run as root unless told so, and to be told a user by anybody else.
        if (ROOT.equals(System.getProperty("user.name"))) {
            command.add("--user=" + ROOT);
        }
        command.addAll(options);
        return command;
    }
}
