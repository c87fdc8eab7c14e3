package dev.darkroom.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A private PostgreSQL server on a data folder: 127.0.0.1 only, superuser {@value #USER} without password, every commit
 * on disk. It runs until {@link #stop()} or the end of this process, however that comes. It is not restarted when it
 * ends by itself: {@link #onExit()} says so, and a new start recovers. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The superuser. */
    public static final String USER = "postgres";

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String DUPLICATE_DATABASE = "42P04";

    private final GuardedProcess process;
    private final CompletableFuture<Integer> released;
    private final int port;

    EmbeddedPostgres(GuardedProcess process, FolderLock lock, int port) {
        this.process = process;
        this.released = process.onExit().whenComplete((code, failure) -> lock.close());
        this.port = port;
    }

    /** Starts on the data folder, which is made when missing and initialised when empty. */
    public static PostgresBuilder builder(Path data) {
        return new PostgresBuilder(data);
    }

    public int port() {
        return port;
    }

    /** The pid of PostgreSQL's main process. */
    public long pid() {
        return process.pid();
    }

    /** Completes with the exit code when the server has ended, asked or not, and its data folder is free again. */
    public CompletableFuture<Integer> onExit() {
        return released.copy();
    }

    /** The address of the database of that name, with the user in it. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + port + "/" + database + "?user=" + USER
                + "&sslmode=disable";
    }

    /** Any number of callers may ask for the same one at once. */
    public void createDatabaseIfMissing(String database) {
        try (Connection connection = connect("postgres")) {
            if (!exists(connection, database)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database, true));
                }
            }
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw new EmbeddedServerException(
                        "Could not create the database " + database + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * Fast shutdown: clients are disconnected, their transactions rolled back, everything is written. A server that
     * takes longer than 30 s is killed; the next start recovers.
     */
    public void stop() {
        process.terminate(STOP);
        released.join();
    }

    @Override
    public void close() {
        stop();
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database));
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_database WHERE datname = ?")) {
            select.setString(1, database);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}
