package dev.darkroom.ops.bench.process;

import dev.darkroom.ops.bench.servers.BenchJobServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that commits one job a transaction over many connections, a round at a time ({@link SingleEnqueuer}). */
public final class CommitProcess implements AutoCloseable {

    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx256m");

    private final Path folder;
    private final Process process;
    private final PrintWriter ask;
    private final BufferedReader answers;

    /**
     * What one round came to.
     *
     * @param rate committed jobs a second
     * @param p50 of a commit, in microseconds
     * @param p99 of a commit, in microseconds
     */
    public record Round(long committed, double rate, long p50, long p99) {

        static Round parse(String line) {
            String[] words = line.split(" ", -1);
            long committed = Long.parseLong(words[1]);
            return new Round(
                    committed,
                    committed / (Long.parseLong(words[7]) / 1e9),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[5]));
        }
    }

    /**
     * Starts it.
     *
     * @param folder for its log
     * @param more the number of lanes in which {@link TurningJob}s are enqueued; nothing for {@link NoOp}s in one lane
     */
    public CommitProcess(Path folder, String jdbcUrl, int connections, String... more) throws IOException {
        this.folder = folder;
        List<String> arguments =
                new ArrayList<>(List.of("commit", "127.0.0.1:1", jdbcUrl, Integer.toString(connections)));
        arguments.addAll(List.of(more));
        process = new ProcessBuilder(
                        BenchJobServer.java(BenchProcess.class.getName(), FLAGS, arguments.toArray(String[]::new)))
                .redirectError(folder.resolve("commit.log").toFile())
                .start();
        ask = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @throws IllegalStateException if the process has ended */
    public Round round(Duration length) throws IOException {
        ask.println(length.toMillis());
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("The enqueuing process ended; its log is in " + folder);
        }
        return Round.parse(answer);
    }

    @Override
    public void close() {
        ask.close();
        process.destroy();
    }
}
