package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a data folder fit to start a server on: initialised by the right major version, owned by the right account,
 * free of a server that an earlier starter left. Used by one thread that holds the folder's lock.
 */
final class PostgresFolder {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresFolder.class);

    /** An empty cluster takes 40 MB and its first write-ahead log files as much again. */
    private static final long NEEDED_SPACE = 100L << 20;

    private static final Duration INITDB = Duration.ofMinutes(2);
    private static final int BUILTIN_LOCALE_SINCE = 17;

    private final Path data;
    private final PostgresBinaries binaries;
    private final Path logFile;
    private final boolean durable;

    PostgresFolder(Path data, PostgresBinaries binaries, Path logFile, boolean durable) {
        this.data = data;
        this.binaries = binaries;
        this.logFile = logFile;
        this.durable = durable;
    }

    /** Returns who must run the server. */
    ServerAccount prepare() {
        try {
            Files.createDirectories(data);
            Failures.requireFreeSpace(data, NEEDED_SPACE, "PostgreSQL");
            ServerAccount account = ServerAccount.choose(Platform.userId(), data, binaries.postgres());
            if (isEmpty()) {
                initialise(account);
            }
            requireSameMajorVersion();
            account.own(data);
            if (PostmasterPid.stopOrphan(data)) {
                LOG.warn("Stopped a PostgreSQL that an earlier run had left on {}; starting afresh.", data);
            }
            return account;
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "The data folder " + data + " can't be used (" + Failures.reason(e)
                            + "): make it writable for this user or choose another one.",
                    e);
        }
    }

    /** In a folder beside it, so that a folder under its own name is always complete. */
    private void initialise(ServerAccount account) throws IOException {
        Path temporary = data.resolveSibling(data.getFileName() + ".initdb");
        UnpackedBinaries.remove(temporary);
        Files.createDirectory(temporary);
        account.own(temporary);
        GuardedProcess initdb =
                GuardedProcess.start(account.command(initdbCommand(temporary)), Map.of("LC_ALL", "C"), logFile);
        if (!initdb.endsWithin(INITDB)) {
            initdb.kill();
            throw new EmbeddedServerException("Initialising " + data + " took more than " + INITDB.toMinutes()
                    + " minutes: is the disk that slow? Try again or choose another disk.");
        }
        if (initdb.exitCode() != 0) {
            throw PostgresDiagnosis.failure(data, initdb);
        }
        Files.move(temporary, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> initdbCommand(Path folder) {
        List<String> command = new ArrayList<>(List.of(
                binaries.initdb().toString(),
                "--pgdata=" + folder,
                "--username=" + EmbeddedPostgres.USER,
                "--auth=trust",
                "--encoding=UTF8",
                "--data-checksums"));
        // The builtin provider knows Unicode's upper and lower case on every system alike, the C library does not.
        command.addAll(
                binaries.major() >= BUILTIN_LOCALE_SINCE
                        ? List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
                        : List.of("--locale=C.UTF-8"));
        if (!durable) {
            command.add("--no-sync");
        }
        return command;
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> content = Files.list(data)) {
            return content.findAny().isEmpty();
        }
    }

    private void requireSameMajorVersion() throws IOException {
        Path file = data.resolve("PG_VERSION");
        if (!Files.exists(file)) {
            throw new EmbeddedServerException("The folder " + data
                    + " is not empty and holds no PostgreSQL data: choose another or empty this one.");
        }
        String version = Files.readString(file).strip();
        if (!version.equals(String.valueOf(binaries.major()))) {
            throw new EmbeddedServerException("The data folder " + data + " was made by PostgreSQL " + version
                    + " and this is PostgreSQL " + binaries.major() + ": carry the data over with PostgreSQL "
                    + version + "'s pg_dumpall, or choose another folder.");
        }
    }
}
