package dev.darkroom.embedded;

import java.nio.file.Path;
import java.util.List;

/** Turns what PostgreSQL or initdb wrote before it gave up into one line that says what to do. */
final class PostgresDiagnosis {

    private record Known(String inLog, String meaning) {}

    /** Messages of PostgreSQL 13 to 18 under {@code lc_messages=C}; the first that is found counts. */
    private static final List<Known> KNOWN = List.of(
            new Known(
                    "could not create semaphores",
                    "The system has too few semaphores for PostgreSQL on %s: lower max_connections."),
            new Known(
                    "shared memory segment",
                    "PostgreSQL got no shared memory for %s: stop other servers or lower shared_buffers."),
            new Known(
                    "could not access file",
                    "PostgreSQL on %s was told to load a library it does not have: correct shared_preload_libraries."),
            new Known("No space left on device", "The disk that holds %s is full: free some space, then start again."),
            new Known("Read-only file system", "%s lies on a read-only disk: choose another data folder."),
            new Known(
                    "has invalid permissions",
                    "Others may read the data folder %1$s: run \"chmod 700 %1$s\", then start again."),
            new Known(
                    "has wrong ownership",
                    "The data folder %s belongs to another user: start as that user or choose another folder."),
            new Known(
                    "Cannot allocate memory",
                    "PostgreSQL got no memory for %s: stop other programs or lower shared_buffers."),
            new Known(
                    "unrecognized configuration parameter",
                    "PostgreSQL on %s was given a setting it does not know: correct or remove it."),
            new Known(
                    "invalid value for parameter",
                    "PostgreSQL on %s was given a setting it does not accept: correct or remove it."),
            new Known(
                    "database files are incompatible",
                    "The data folder %s was made by another version of PostgreSQL: use that one or another folder."),
            damaged("checkpoint record"),
            damaged("pg_control"),
            damaged("is not a database cluster directory"),
            damaged("PANIC"),
            damaged("invalid page"),
            new Known(
                    "Permission denied",
                    "PostgreSQL may not read or write %s: give the folder and what it holds to the user who starts."));

    private PostgresDiagnosis() {}

    static boolean portTaken(ChildLog log) {
        return log.contains("could not bind IPv4 address");
    }

    /** The main process died a moment ago and others of it have not noticed yet. */
    static boolean predecessorStillEnding(ChildLog log) {
        return log.contains("pre-existing shared memory block");
    }

    /** The failure of a process that has ended. */
    static EmbeddedServerException failure(Path data, GuardedProcess process) {
        EmbeddedServerException raw = process.ended("PostgreSQL on " + data);
        return KNOWN.stream()
                .filter(known -> process.log().contains(known.inLog()))
                .findFirst()
                .map(known -> new EmbeddedServerException(String.format(known.meaning(), data), raw))
                .orElse(raw);
    }

    private static Known damaged(String inLog) {
        return new Known(
                inLog,
                "The data folder %s is damaged: move it away and start again with an empty one, or put a backup in"
                        + " its place.");
    }
}
