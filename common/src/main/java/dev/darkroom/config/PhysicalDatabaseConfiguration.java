package dev.darkroom.config;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/**
 * A physical database and the logical shards that live in it.
 *
 * @param number 1 to 8191, part of the id of each job in its ledger: never to be changed, and never given to another
 * @param shards ranges such as {@code 0-7} and single ones such as {@code 12}; none for a database to which shards are still
 *     to be moved, or from which all were moved and whose last jobs are being done. What is changed here must be changed in
 *     the databases first
 * @param database how it is reached
 */
public record PhysicalDatabaseConfiguration(
        @Min(1) @Max(8191) int number,

        @Pattern(regexp = ShardRange.FORM, message = "list ranges of logical shards, such as [0-7, 12], or [] for none")
        List<String> shards,

        DatabaseConfiguration database) {

    public PhysicalDatabaseConfiguration {
        shards = List.copyOf(shards);
    }

    /** One that holds consecutive shards, the last one included. */
    public PhysicalDatabaseConfiguration(int number, int firstShard, int lastShard, DatabaseConfiguration database) {
        this(number, List.of(new ShardRange(firstShard, lastShard).toString()), database);
    }

    @AssertTrue(message = "has a range of shards that ends before it begins, or beyond 8191; put it right")
    public boolean isEachRangeInOrder() {
        return shards.stream().allMatch(text -> ShardRange.parse(text).isPresent());
    }

    /** The numbers of its logical shards, ascending. */
    public List<Integer> shardNumbers() {
        return shards.stream()
                .flatMap(text -> ShardRange.parse(text).stream())
                .flatMapToInt(ShardRange::shards)
                .sorted()
                .boxed()
                .toList();
    }
}
