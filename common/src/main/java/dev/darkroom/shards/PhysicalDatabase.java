package dev.darkroom.shards;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL database with its ledger and its logical shards. Thread-safe; connects when first used; owned and closed by
 * {@link Shards}.
 */
public final class PhysicalDatabase {

    private final int number;
    private final List<ShardId> shards;
    private final HikariDataSource source;
    private final HikariDataSource heartbeats;
    private final Handles handles;
    private final Ledger ledger;

    PhysicalDatabase(PhysicalDatabaseConfiguration configuration, JobTypes types, DirectSubmission direct) {
        number = configuration.number();
        shards = configuration.shardNumbers().stream().map(ShardId::new).toList();
        source = Pools.open("database-" + number, configuration.database());
        heartbeats = Pools.openForHeartbeats("heartbeats-" + number, configuration.database());
        handles = new Handles(source);
        ledger = new Ledger(number, source, heartbeats, types, direct);
    }

    /** The number that is in the id of each job of its ledger. */
    public int number() {
        return number;
    }

    /** Ascending. */
    public List<ShardId> shards() {
        return shards;
    }

    public Ledger ledger() {
        return ledger;
    }

    public DataSource source() {
        return source;
    }

    <T extends @Nullable Object> T read(DatabaseRead<T> work) {
        try (Handle handle = handles.open()) {
            return work.read(handle);
        }
    }

    <T extends @Nullable Object> T write(ShardId shard, ShardWrite<T> work) {
        return ledger.inTransaction(transaction -> {
            try (Handle handle = handles.over(transaction.connection())) {
                return work.write(handle.define(Shards.SCHEMA, shard.schema()), transaction);
            }
        });
    }

    void close() {
        source.close();
        heartbeats.close();
    }

    @Override
    public String toString() {
        return "database " + number;
    }
}
