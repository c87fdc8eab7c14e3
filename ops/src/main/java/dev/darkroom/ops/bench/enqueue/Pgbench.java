package dev.darkroom.ops.bench.enqueue;

import dev.darkroom.ops.bench.process.NoOp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's own load generator, running the insert that enqueueing a job is. */
final class Pgbench {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /** As {@code NoOp} through the ledger: a single statement, committed by itself. */
    private static final String SCRIPT =
            "INSERT INTO jobs.job (type, args, priority, lane) VALUES ('bench.no-op', convert_to(repeat('x', %d), 'UTF8'), 1, '') RETURNING id;\n"
                    .formatted(NoOp.PAYLOAD);

    private final Path program;
    private final Path script;
    private final String url;
    private final int connections;

    /**
     * Prepares.
     *
     * @param folder for its script
     * @param url as {@code postgresql://user@host:port/database}
     * @throws IllegalStateException where it is not installed
     */
    Pgbench(Path folder, String url, int connections) throws IOException {
        this.program = find();
        this.script = folder.resolve("enqueue.sql");
        this.url = url;
        this.connections = connections;
        Files.writeString(script, SCRIPT);
    }

    private static Path find() throws IOException {
        return Stream.concat(onPath(), ofDebian())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "pgbench is not installed, and it is what this is measured beside: install PostgreSQL's programs"
                                + " (Debian, Ubuntu: apt install postgresql)"));
    }

    private static Stream<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(":")).map(place -> Path.of(place, "pgbench"));
    }

    private static Stream<Path> ofDebian() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Stream.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions
                    .sorted(Comparator.comparing(Path::toString).reversed())
                    .map(version -> version.resolve("bin/pgbench"))
                    .toList()
                    .stream();
        }
    }

    /** Transactions a second over so many seconds. */
    double rate(int seconds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        program.toString(),
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--client=" + connections,
                        "--jobs=2",
                        "--time=" + seconds,
                        "--file=" + script,
                        url))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(output);
        if (process.waitFor() != 0 || !rate.find()) {
            throw new IllegalStateException("pgbench failed: " + output.strip());
        }
        return Double.parseDouble(rate.group(1));
    }
}
