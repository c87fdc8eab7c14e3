package dev.darkroom.jobs.death;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.dispatch.RelayDuty;
import dev.darkroom.jobs.ledger.WorkerRegister;
import dev.darkroom.jobs.ledger.WorkerSelf;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports processes whose heartbeat has stopped and of which nobody on their host could report anything: the host is gone, or
 * the process stands still. Should one come back, what it still runs is fenced off. Used by one thread.
 */
public final class SilentWorkers implements RelayDuty {

    private static final Logger LOG = LoggerFactory.getLogger(SilentWorkers.class);

    private static final String SILENT = """
            SELECT id, name, host, pid, threads, alone, state, started, started_turn,
                   beat_at < clock_timestamp() - ? * interval '1 millisecond' AS dead
            FROM jobs.worker
            WHERE NOT reported AND beat_at < clock_timestamp() - interval '4 seconds'""";

    /** Of this the silence must have been heard: after the database was away itself nobody's heartbeat is fresh. */
    private static final long HEARD_FOR = Duration.ofSeconds(8).toNanos();

    private static final long LARGEST_GAP = Duration.ofSeconds(4).toNanos();

    private final DeathRegister register;
    private final Map<UUID, Long> silentSince = new HashMap<>();
    private long lastLook = System.nanoTime();

    public SilentWorkers(DeathRegister register) {
        this.register = register;
    }

    @Override
    public String name() {
        return "Reporting silent workers";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run(Connection connection) throws SQLException {
        long now = System.nanoTime();
        if (now - lastLook > LARGEST_GAP) {
            silentSince.clear();
        }
        List<DeadWorker> dead = new ArrayList<>();
        Set<UUID> silent = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(SILENT)) {
            select.setLong(1, WorkerRegister.DEAD_AFTER.toMillis());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    UUID worker = rows.getObject("id", UUID.class);
                    silent.add(worker);
                    long since = silentSince.computeIfAbsent(worker, id -> now);
                    if (rows.getBoolean("dead") && now - since > HEARD_FOR) {
                        dead.add(read(rows));
                    }
                }
            }
        }
        silentSince.keySet().retainAll(silent);
        lastLook = now;
        dead.forEach(this::report);
    }

    /** One death that cannot be written down must not hide the others. */
    private void report(DeadWorker worker) {
        try {
            register.report(worker);
        } catch (JobException e) {
            LOG.warn(
                    "The death of {} could not be reported; tried again: {}",
                    worker.self().name(),
                    e.getMessage());
        }
    }

    private static DeadWorker read(ResultSet row) throws SQLException {
        WorkerSelf self = new WorkerSelf(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("host"),
                row.getLong("pid"),
                row.getInt("threads"),
                row.getBoolean("alone"));
        boolean stopping = !"running".equals(row.getString("state"));
        return new DeadWorker(
                self,
                running(row.getArray("started"), row.getArray("started_turn")),
                "not heard of since its last heartbeat",
                stopping ? "a stop" : null,
                "",
                false);
    }

    private static List<RunningJob> running(Array ids, Array turns) throws SQLException {
        Long[] id = (Long[]) ids.getArray();
        Integer[] turn = (Integer[]) turns.getArray();
        List<RunningJob> running = new ArrayList<>();
        for (int i = 0; i < Math.min(id.length, turn.length); i++) {
            running.add(new RunningJob(id[i], turn[i], ""));
        }
        return running;
    }
}
