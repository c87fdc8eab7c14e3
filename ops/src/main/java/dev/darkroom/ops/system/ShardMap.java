package dev.darkroom.ops.system;

import dev.darkroom.config.ConfigurationException;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.config.ShardRange;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which logical shards are in which physical database of a system. Decided at its first start; after that the parts file
 * holds it, where a person may change it.
 *
 * @param shards ranges by the database's number; number 1 is always there
 */
record ShardMap(Map<Integer, List<String>> shards) {

    private static final int SHARDS = 16;

    ShardMap {
        shards = new TreeMap<>(shards);
    }

    /** The map of a start on a data folder: that of the start before, with empty databases added as wanted. */
    static ShardMap of(DataFolder data, UpOptions options) {
        int given = options.given().postgres().size();
        int wanted = given > 0 ? given : options.databases();
        Optional<ShardMap> kept = kept(data);
        if (kept.isEmpty()) {
            return evenly(Math.max(1, wanted));
        }
        int known = kept.get().shards().size();
        if (given == 0 && options.databases() == 0) {
            return kept.get();
        }
        if (wanted < known) {
            throw new OpsException("The system on " + data.path() + " has " + known + " databases and was given "
                    + wanted + ": name them all. To have fewer, move the shards of one away and take it out of "
                    + data.partsFile() + ", as docs/runbook/move-a-shard.md says.");
        }
        return kept.get().withDatabases(wanted);
    }

    /** Consecutive shards for each, as many as for the others or one more. */
    static ShardMap evenly(int databases) {
        Map<Integer, List<String>> shards = new TreeMap<>();
        for (int i = 0; i < databases; i++) {
            int first = i * SHARDS / databases;
            int end = (i + 1) * SHARDS / databases;
            shards.put(i + 1, first == end ? List.of() : List.of(new ShardRange(first, end - 1).toString()));
        }
        return new ShardMap(shards);
    }

    private static Optional<ShardMap> kept(DataFolder data) {
        if (!Files.exists(data.partsFile())) {
            return Optional.empty();
        }
        try {
            Map<Integer, List<String>> shards = new TreeMap<>();
            for (PhysicalDatabaseConfiguration database :
                    PartsConfiguration.load(data.partsFile()).databases()) {
                shards.put(database.number(), database.shards());
            }
            if (!shards.containsKey(1)) {
                throw new OpsException(data.partsFile()
                        + " lacks database 1, whose server holds the directory too: keep it" + " with shards: [].");
            }
            return Optional.of(new ShardMap(shards));
        } catch (ConfigurationException e) {
            throw new OpsException(
                    "The shards of the databases can't be read (" + OneLine.of(e)
                            + "): put the file right, or delete it,"
                            + " and the shards are taken to be spread as at a first start.",
                    e);
        }
    }

    private ShardMap withDatabases(int count) {
        Map<Integer, List<String>> all = new TreeMap<>(shards);
        for (int number = 1; all.size() < count; number++) {
            all.putIfAbsent(number, List.of());
        }
        return new ShardMap(all);
    }

    /** Ascending; the n-th server holds the n-th of them. */
    List<Integer> numbers() {
        return List.copyOf(shards.keySet());
    }
}
