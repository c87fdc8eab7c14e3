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
 * @param feeds may be left out
 */
public record PartsConfiguration(
        GearmanConfiguration gearman,
        DatabaseConfiguration directory,

        @NotEmpty(message = "name at least one physical database with its shards")
        List<PhysicalDatabaseConfiguration> databases,

        RedisConfiguration redis,
        S3Configuration s3,
        @Nullable FeedsConfiguration feeds) {

    public PartsConfiguration {
        databases = List.copyOf(databases);
    }

    /** @throws ConfigurationException with all that is wrong with the file */
    public static PartsConfiguration load(Path file) {
        return ConfigurationFile.read(file, PartsConfiguration.class);
    }

    /** Never null. */
    @Override
    public FeedsConfiguration feeds() {
        return feeds == null ? FeedsConfiguration.DEFAULT : feeds;
    }

    @AssertTrue(message = "gives two databases the same number; each needs its own, for ever")
    public boolean isEachNumberUsedOnce() {
        return databases.stream()
                        .mapToInt(PhysicalDatabaseConfiguration::number)
                        .distinct()
                        .count()
                == databases.size();
    }

    @AssertTrue(message = "must give each logical shard from 0 to the last to exactly one database")
    public boolean isEachShardHeldOnce() {
        int[] held = databases.stream()
                .flatMapToInt(database -> IntStream.rangeClosed(database.firstShard(), database.lastShard()))
                .sorted()
                .toArray();
        return IntStream.range(0, held.length).allMatch(i -> held[i] == i);
    }
}
