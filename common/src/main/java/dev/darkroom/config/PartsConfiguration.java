package dev.darkroom.config;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of the system are: what every process needs to know, in the file {@code parts.yml}.
 *
 * @param directory the database of what crosses shards
 * @param databases the databases with users' data; together they hold each logical shard once
 * @param feeds how photos get into feeds; null for the defaults
 * @param media how photos are decoded; null for the defaults
 */
public record PartsConfiguration(
        GearmanConfiguration gearman,
        DatabaseConfiguration directory,

        @NotEmpty(message = "name at least one physical database with its shards")
        List<PhysicalDatabaseConfiguration> databases,

        RedisConfiguration redis,
        S3Configuration s3,
        @Nullable FeedsConfiguration feeds,
        @Nullable MediaConfiguration media) {

    public PartsConfiguration {
        databases = List.copyOf(databases);
    }

    /** With the defaults for feeds and for decoding photos. */
    public PartsConfiguration(
            GearmanConfiguration gearman,
            DatabaseConfiguration directory,
            List<PhysicalDatabaseConfiguration> databases,
            RedisConfiguration redis,
            S3Configuration s3) {
        this(gearman, directory, databases, redis, s3, null, null);
    }

    public FeedsConfiguration feedsOrDefault() {
        return feeds == null ? FeedsConfiguration.DEFAULT : feeds;
    }

    public MediaConfiguration mediaOrDefault() {
        return media == null ? MediaConfiguration.DEFAULT : media;
    }

    /** @throws ConfigurationException with all that is wrong with the file */
    public static PartsConfiguration load(Path file) {
        return ConfigurationFile.read(file, PartsConfiguration.class);
    }

    @AssertTrue(message = "gives two databases the same number; each needs its own, for ever")
    public boolean isEachNumberUsedOnce() {
        return databases.stream()
                        .mapToInt(PhysicalDatabaseConfiguration::number)
                        .distinct()
                        .count()
                == databases.size();
    }

    @AssertTrue(message = "gives two databases the same url; each is a database of its own")
    public boolean isEachUrlUsedOnce() {
        return databases.stream()
                        .map(database -> database.database().url())
                        .distinct()
                        .count()
                == databases.size();
    }

    @AssertTrue(message = "must give each logical shard from 0 to the last to exactly one database")
    public boolean isEachShardHeldOnce() {
        int[] held = databases.stream()
                .flatMap(database -> database.shardNumbers().stream())
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return IntStream.range(0, held.length).allMatch(i -> held[i] == i);
    }
}
