package dev.darkroom.shards;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All logical shards on their physical databases, and the directory database. In statements {@code <shard>} stands for the
 * schema. Thread-safe; connects to a database when it is first used; closing it closes all pools.
 */
public final class Shards implements AutoCloseable {

    /** The attribute of statements that holds the schema. */
    static final String SCHEMA = "shard";

    /** Up to so many logical shards of a database are read with all of its shards in the statement. */
    static final int SAME_STATEMENT = 64;

    private final Directory directory;
    private final Map<Integer, PhysicalDatabase> databases = new TreeMap<>();
    private final Map<ShardId, PhysicalDatabase> byShard = new HashMap<>();

    private Shards(Directory directory, List<PhysicalDatabase> all) {
        this.directory = directory;
        for (PhysicalDatabase database : all) {
            databases.put(database.number(), database);
            database.shards().forEach(shard -> byShard.put(shard, database));
        }
    }

    /**
     * Opens without connecting.
     *
     * @param types those that this process enqueues
     */
    public static Shards open(PartsConfiguration parts, JobTypes types, DirectSubmission direct) {
        return open(parts, types, () -> direct);
    }

    /**
     * Opens without connecting.
     *
     * @param types those that this process enqueues
     * @param direct makes one for each physical database, whose relay has a gate of its own
     */
    public static Shards open(PartsConfiguration parts, JobTypes types, Supplier<DirectSubmission> direct) {
        return new Shards(
                new Directory(parts.directory()),
                parts.databases().stream()
                        .map(configuration -> new PhysicalDatabase(configuration, types, direct.get()))
                        .toList());
    }

    public Directory directory() {
        return directory;
    }

    /** By number, ascending. */
    public List<PhysicalDatabase> databases() {
        return List.copyOf(databases.values());
    }

    /** @throws UnknownShardException if no database has this number */
    public PhysicalDatabase database(int number) {
        PhysicalDatabase database = databases.get(number);
        if (database == null) {
            throw new UnknownShardException("No physical database has the number " + number);
        }
        return database;
    }

    /** The one whose ledger holds the schedules: the first, so that each time is enqueued once for all databases. */
    public PhysicalDatabase scheduleDatabase() {
        return databases().get(0);
    }

    public List<ShardId> shardIdsOf(int database) {
        return database(database).shards();
    }

    /** Every logical shard, ascending. */
    public List<ShardId> all() {
        return byShard.keySet().stream().sorted().toList();
    }

    /** Whether the shard is one of ours: an id from outside may name any. */
    public boolean has(ShardId shard) {
        return byShard.containsKey(shard);
    }

    /** @throws UnknownShardException if no database has this number */
    public Ledger ledger(int database) {
        return database(database).ledger();
    }

    /** @throws UnknownShardException if no database holds the shard */
    public PhysicalDatabase databaseOf(ShardId shard) {
        PhysicalDatabase database = byShard.get(shard);
        if (database == null) {
            throw new UnknownShardException("No physical database holds " + shard + "; is the id one of ours?");
        }
        return database;
    }

    /** Runs statements on one shard, each in a transaction of its own. */
    public <T extends @Nullable Object> T read(ShardId shard, DatabaseRead<T> work) {
        return databaseOf(shard).read(handle -> work.read(handle.define(SCHEMA, shard.schema())));
    }

    /**
     * Runs statements on one shard in one transaction, which the jobs enqueued in it share. BEGIN travels with the first
     * statement and the jobs with one more, so it costs a round trip a statement, one for any jobs, and one to commit.
     *
     * @throws dev.darkroom.jobs.JobException if the database refuses or cannot be reached; nothing was written then, unless
     *     the connection broke during the commit
     */
    public <T extends @Nullable Object> T write(ShardId shard, ShardWrite<T> work) {
        return databaseOf(shard).write(shard, work);
    }

    /**
     * Runs one piece of reading on each database that holds any of the shards, and joins what they found. Other shards of the
     * database may be read too.
     */
    public <T> List<T> readEach(Collection<ShardId> shards, ShardsRead<T> work) {
        Map<Integer, List<ShardId>> groups = new TreeMap<>();
        for (ShardId shard : new TreeSet<>(shards)) {
            groups.computeIfAbsent(databaseOf(shard).number(), number -> new ArrayList<>())
                    .add(shard);
        }
        List<T> found = new ArrayList<>();
        groups.forEach((number, group) -> {
            PhysicalDatabase database = database(number);
            found.addAll(database.read(handle -> work.read(handle, group(database, group))));
        });
        return found;
    }

    // A statement for each combination of shards would be parsed and planned anew almost every time.
    private static List<ShardId> group(PhysicalDatabase database, List<ShardId> wanted) {
        return database.shards().size() <= SAME_STATEMENT ? database.shards() : wanted;
    }

    @Override
    public void close() {
        directory.close();
        databases.values().forEach(PhysicalDatabase::close);
    }
}
