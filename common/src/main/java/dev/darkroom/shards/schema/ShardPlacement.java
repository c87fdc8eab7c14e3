package dev.darkroom.shards.schema;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.config.ShardRange;
import dev.darkroom.shards.ShardId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares where each logical shard is with where the configuration says that it is. Without that, a wrong configuration would
 * be given empty shards, and the users of the real ones would be gone.
 */
final class ShardPlacement {

    private final PlacementRecords records;
    private final List<DatabaseContent> contents;
    private final Map<ShardId, Integer> configured = new TreeMap<>();
    private final Map<String, Collection<Integer>> shardsByProblem = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private ShardPlacement(PartsConfiguration parts, PlacementRecords records, List<DatabaseContent> contents) {
        this.records = records;
        this.contents = contents;
        parts.databases()
                .forEach(database -> database.shardNumbers()
                        .forEach(number -> configured.put(new ShardId(number), database.number())));
    }

    /**
     * One query for each database, however many shards it holds. To be called before anything is made in them.
     *
     * @throws MisplacedShardsException with all that does not fit
     */
    static void check(PartsConfiguration parts) {
        // In this order: another process that starts at the same time makes a shard first and remembers it then.
        PlacementRecords records = PlacementRecords.read(parts);
        List<DatabaseContent> contents =
                parts.databases().stream().map(DatabaseContent::of).toList();
        ShardPlacement placement = new ShardPlacement(parts, records, contents);
        placement.checkDatabases(parts.databases());
        placement.checkShards();
        placement.checkDirectory(parts);
        List<String> all = Stream.concat(
                        placement.problems.stream(),
                        placement.shardsByProblem.entrySet().stream()
                                .map(problem -> "shards " + ranges(problem.getValue()) + " " + problem.getKey()))
                .toList();
        if (!all.isEmpty()) {
            throw new MisplacedShardsException(all);
        }
    }

    private void checkDatabases(List<PhysicalDatabaseConfiguration> databases) {
        for (int i = 0; i < databases.size(); i++) {
            int number = databases.get(i).number();
            int ledger = contents.get(i).ledger().orElse(number);
            if (ledger != number) {
                problems.add(databases.get(i).database().url() + " is database " + ledger
                        + " by the jobs in it, and is configured as database " + number);
            }
        }
        records.databases().stream()
                .filter(number -> databases.stream().noneMatch(database -> database.number() == number))
                .forEach(number -> problems.add("database " + number + " is no longer configured, and its ledger may"
                        + " hold jobs: keep it with shards: [] until they are done"));
    }

    private void checkShards() {
        TreeSet<ShardId> known = new TreeSet<>(configured.keySet());
        known.addAll(records.homes().keySet());
        contents.forEach(content -> known.addAll(content.shards()));
        for (ShardId shard : known) {
            String problem = problemOf(shard);
            if (problem != null) {
                shardsByProblem.computeIfAbsent(problem, key -> new TreeSet<>()).add(shard.number());
            }
        }
    }

    private @Nullable String problemOf(ShardId shard) {
        Integer home = configured.get(shard);
        Integer earlier = records.homes().get(shard);
        List<Integer> holders = contents.stream()
                .filter(content -> content.shards().contains(shard))
                .map(DatabaseContent::number)
                .toList();
        String found = holders.stream().map(number -> "database " + number).collect(Collectors.joining(" and "));
        if (holders.size() > 1) {
            return "are in " + found + ": rename or drop the schema where it is no longer used";
        }
        if (home == null) {
            return "hold data"
                    + (found.isEmpty() ? ", in database " + earlier + " at the last start," : " in " + found)
                    + " and are not configured";
        }
        if (holders.isEmpty()) {
            return earlier == null
                    ? null
                    : "are configured for database " + home + ", were in database " + earlier
                            + " at the last start, and are in none now";
        }
        return holders.contains(home) ? null : "are configured for database " + home + " and are in " + found;
    }

    /** A shard's first account comes after its name, so whoever sees the account sees the name, if it is the right directory. */
    private void checkDirectory(PartsConfiguration parts) {
        if (records.anyName() || parts.databases().stream().noneMatch(DatabaseContent::hasAccounts)) {
            return;
        }
        if (!PlacementRecords.read(parts).anyName()) {
            problems.add("there are accounts in the shards, and the directory "
                    + parts.directory().url() + " has no username: it belongs to another system");
        }
    }

    private static String ranges(Collection<Integer> shards) {
        return ShardRange.of(shards).stream().map(ShardRange::toString).collect(Collectors.joining(", "));
    }
}
