package dev.darkroom.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts the server on a prepared folder and waits until it answers; tries again where that can help. */
record PostgresLaunch(
        Path data, PostgresBinaries binaries, ServerAccount account, Path logFile, Map<String, String> settings) {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final Duration STOP_AFTER_STARTER = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 20;

    /** Returns when the server answers; port 0 is a free one. */
    EmbeddedPostgres run(int port, Duration timeout, FolderLock lock) {
        if (port != 0) {
            Ports.requireFree(port, "PostgreSQL");
        }
        for (int attempt = 1; ; attempt++) {
            int chosen = port == 0 ? Ports.free() : port;
            GuardedProcess process = launch(chosen);
            if (isReady(process, timeout)) {
                EmbeddedPostgres postgres = new EmbeddedPostgres(process, lock, chosen);
                requireAnswer(postgres);
                return postgres;
            }
            boolean taken = PostgresDiagnosis.portTaken(process.log());
            if (taken && port != 0) {
                throw Ports.taken(port, "PostgreSQL");
            }
            boolean again = taken || PostgresDiagnosis.predecessorStillEnding(process.log());
            if (!again || attempt == ATTEMPTS) {
                throw PostgresDiagnosis.failure(data, process);
            }
            pause(BETWEEN_ATTEMPTS);
        }
    }

    private static void pause(Duration duration) {
        try {
            if (new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("Nobody counts this latch down");
            }
        } catch (InterruptedException e) {
            throw EmbeddedServerException.interrupted("starting PostgreSQL", e);
        }
    }

    private GuardedProcess launch(int port) {
        List<String> command = new ArrayList<>(List.of(binaries.postgres().toString(), "-D", data.toString()));
        Map<String, String> address = Map.of(
                "listen_addresses", Ports.LOOPBACK,
                "port", String.valueOf(port),
                "unix_socket_directories", "",
                "logging_collector", "off",
                "lc_messages", "C");
        for (Map<String, String> group : List.of(settings, address)) {
            group.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        }
        return GuardedProcess.start(
                account.command(command), Map.of("LC_ALL", "C"), logFile, StopSignal.INT, STOP_AFTER_STARTER);
    }

    /** As pg_ctl does: the server's pid file says when it is ready. */
    private boolean isReady(GuardedProcess process, Duration timeout) {
        long start = System.nanoTime();
        while (!process.endsWithin(LOOK_AGAIN)) {
            Optional<PostmasterPid> file = PostmasterPid.read(data);
            if (file.isPresent()
                    && file.get().pid() == process.pid()
                    && file.get().ready()) {
                return true;
            }
            if (System.nanoTime() - start > timeout.toNanos()) {
                String tail = process.log().describeTail();
                process.terminate(STOP_AFTER_STARTER);
                throw new EmbeddedServerException("PostgreSQL on " + data + " did not become ready within "
                        + timeout.toSeconds() + " s: allow more time or look into its log. " + tail);
            }
        }
        return false;
    }

    private static void requireAnswer(EmbeddedPostgres postgres) {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        } catch (SQLException e) {
            postgres.stop();
            throw new EmbeddedServerException(
                    "PostgreSQL started on port " + postgres.port() + " and does not answer: " + e.getMessage(), e);
        }
    }
}
