package dev.darkroom.ops.killtest.judge;

import dev.darkroom.ops.killtest.effects.DoomedException;
import dev.darkroom.ops.killtest.effects.EffectJobs;
import dev.darkroom.ops.killtest.effects.JobKey;
import dev.darkroom.ops.killtest.effects.RedisEffect;
import dev.darkroom.ops.killtest.effects.RemoteClient;
import dev.darkroom.redis.RedisClients;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;

/**
 * What is left behind when everything has ended. Not thread-safe.
 *
 * @param batches the transactions that took place, as {@code producer/batch}
 * @param effects of all three kinds
 * @param failed jobs that ended in the failed table for their own reason
 * @param failedOtherwise jobs there for another reason, each with it
 * @param left jobs that are still in the ledger
 */
record Evidence(
        Set<String> batches, KeyCounts effects, KeyCounts failed, Map<JobKey, String> failedOtherwise, KeyCounts left) {

    private static final int FETCH = 10_000;

    /** Nobody waits for the judge, and the machine may have much else to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Where all of it is. */
    record Sources(String jdbcUrl, String redis, int remotePort) {}

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    static Evidence gather(Sources sources) throws SQLException, IOException, InterruptedException {
        Evidence evidence =
                new Evidence(new HashSet<>(), new KeyCounts(), new KeyCounts(), new HashMap<>(), new KeyCounts());
        try (Connection connection = DriverManager.getConnection(sources.jdbcUrl())) {
            // A cursor, so that millions of rows are not held at once.
            connection.setAutoCommit(false);
            evidence.readDatabase(connection);
        }
        evidence.readRedis(sources.redis());
        evidence.readRemote(new RemoteClient(sources.remotePort()));
        return evidence;
    }

    private void readDatabase(Connection connection) throws SQLException {
        each(
                connection,
                "SELECT producer, batch FROM killtest.batch",
                row -> batches.add(batch(row.getInt(1), row.getInt(2))));
        each(connection, "SELECT key FROM killtest.effect", row -> effects.add(new JobKey(row.getLong(1))));
        each(connection, "SELECT type, args, error_class, message FROM jobs.failed_job", this::readFailed);
        for (String table : List.of("jobs.job", "jobs.later_job")) {
            each(connection, "SELECT type, args FROM " + table, row -> left.add(key(row)));
        }
    }

    static String batch(int producer, int number) {
        return producer + "/" + number;
    }

    private void readFailed(ResultSet row) throws SQLException {
        JobKey key = key(row);
        if (DoomedException.class.getName().equals(row.getString(3))) {
            failed.add(key);
        } else {
            failedOtherwise.put(key, row.getString(4));
        }
    }

    private static JobKey key(ResultSet row) throws SQLException {
        return EffectJobs.keyOf(row.getString(1), row.getBytes(2));
    }

    private static void each(Connection connection, String sql, Row action) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    action.read(rows);
                }
            }
        }
    }

    private void readRedis(String address) {
        RedissonClient redis = RedisClients.open(address, 2, PATIENCE, 3);
        try {
            for (String name :
                    redis.getKeys().getKeys(KeysScanOptions.defaults().pattern(RedisEffect.COUNTS + "*"))) {
                redis.<String, String>getMap(name, StringCodec.INSTANCE)
                        .entrySet(FETCH)
                        .forEach(entry -> count(entry.getKey(), entry.getValue()));
            }
        } finally {
            redis.shutdown();
        }
    }

    private void readRemote(RemoteClient remote) throws IOException, InterruptedException {
        remote.all().lines().forEach(line -> {
            String[] words = line.split(" ", -1);
            count(words[0], words[1]);
        });
    }

    private void count(String key, String times) {
        effects.add(new JobKey(Long.parseLong(key)), Integer.parseInt(times));
    }
}
