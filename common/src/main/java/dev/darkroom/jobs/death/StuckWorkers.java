package dev.darkroom.jobs.death;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.JobException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends workers of this host that run and do nothing: their heartbeat has stopped, or all their threads are at jobs far over
 * their time. Their parent starts them anew. The kill is marked as ours, so that none of their jobs comes under suspicion. For
 * the process that is the parent of a host's workers. One thread.
 */
public final class StuckWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StuckWorkers.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** A silence is believed only after it was heard here: after an outage of the database nobody's heartbeat is fresh. */
    private static final long SEEN_FOR = Duration.ofSeconds(4).toNanos();

    private static final long LARGEST_GAP = Duration.ofSeconds(3).toNanos();

    private static final String STUCK = """
            SELECT id, pid, beat_at < clock_timestamp() - ? * interval '1 second' FROM jobs.worker
            WHERE beat_at < clock_timestamp() - ? * interval '1 second' OR progress_at < beat_at - ? * interval '1 second'""";

    private final RunFolder folder;
    private final List<DataSource> databases;
    private final Pause pause;
    private final Patience patience;
    private final Map<UUID, Long> stuckSince = new HashMap<>();
    private final Thread thread = new Thread(this::run, "stuck-workers");
    private long lastLook = System.nanoTime();

    /**
     * For how long a worker is left alone that does nothing.
     *
     * @param silence without a heartbeat
     * @param noProgress with heartbeats, and with all threads at jobs over their time
     */
    record Patience(Duration silence, Duration noProgress) {

        static final Patience DEFAULT = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /** @param folder of the processes that may be ended: what has no recorder there is not of this host */
    public StuckWorkers(RunFolder folder, Collection<DataSource> databases, Pause pause) {
        this(folder, databases, pause, Patience.DEFAULT);
    }

    StuckWorkers(RunFolder folder, Collection<DataSource> databases, Pause pause, Patience patience) {
        this.patience = patience;
        this.folder = folder;
        this.databases = List.copyOf(databases);
        this.pause = pause;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                pause.pause(INTERVAL);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        long now = System.nanoTime();
        if (now - lastLook > LARGEST_GAP) {
            stuckSince.clear();
        }
        try {
            Set<UUID> stuck = new HashSet<>();
            for (DataSource database : databases) {
                look(database, now, stuck);
            }
            stuckSince.keySet().retainAll(stuck);
            lastLook = now;
        } catch (SQLException | JobException e) {
            LOG.warn("Whether workers are stuck is unknown; asked again: {}", e.getMessage());
        }
    }

    private void look(DataSource database, long now, Set<UUID> stuck) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(STUCK)) {
            select.setLong(1, patience.silence().toSeconds());
            select.setLong(2, patience.silence().toSeconds());
            select.setLong(3, patience.noProgress().toSeconds());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    UUID worker = rows.getObject(1, UUID.class);
                    stuck.add(worker);
                    if (now - stuckSince.computeIfAbsent(worker, id -> now) > SEEN_FOR) {
                        end(worker, rows.getLong(2), why(rows.getBoolean(3)));
                    }
                }
            }
        }
    }

    private String why(boolean silent) {
        return silent
                ? "it sent no heartbeat for " + patience.silence().toSeconds() + " s"
                : "it finished nothing for " + patience.noProgress().toSeconds() + " s";
    }

    private void end(UUID worker, long pid, String why) {
        if (!folder.isOfThisHost(worker, pid)) {
            return;
        }
        ProcessHandle.of(pid).ifPresent(process -> {
            LOG.warn("Process {} is ended and started anew: {}", pid, why);
            folder.markKill(pid, "the supervisor: " + why);
            process.destroyForcibly();
        });
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
