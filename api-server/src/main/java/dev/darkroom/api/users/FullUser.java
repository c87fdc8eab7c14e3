package dev.darkroom.api.users;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.darkroom.users.UserCounts;

/** A user as {@code /v1/users/{id}} shows it. */
public record FullUser(@JsonUnwrapped ShortUser user, String bio, String website, Counts counts) {

    @JsonNaming(SnakeCaseStrategy.class)
    public record Counts(long media, long follows, long followedBy) {

        static Counts of(UserCounts counts) {
            return new Counts(counts.media(), counts.follows(), counts.followedBy());
        }
    }
}
