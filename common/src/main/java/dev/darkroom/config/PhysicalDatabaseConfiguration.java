package dev.darkroom.config;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * A physical database and the logical shards that live in it.
 *
 * @param number 1 to 8191, part of the id of each job in its ledger: never to be changed, and never given to another
 * @param firstShard the first of its logical shards, 0 to 8191
 * @param lastShard the last of them, itself included
 * @param database how it is reached
 */
public record PhysicalDatabaseConfiguration(
        @Min(1) @Max(8191) int number,
        @Min(0) @Max(8191) int firstShard,
        @Min(0) @Max(8191) int lastShard,
        DatabaseConfiguration database) {

    @AssertTrue(message = "has a lastShard before its firstShard; exchange them")
    public boolean isRangeInOrder() {
        return firstShard <= lastShard;
    }
}
