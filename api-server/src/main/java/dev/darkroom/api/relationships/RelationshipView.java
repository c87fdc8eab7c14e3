package dev.darkroom.api.relationships;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.darkroom.follows.FollowState;
import dev.darkroom.follows.Relationship;

/** The caller and another account. Clients of the time break on any further key. */
@JsonNaming(SnakeCaseStrategy.class)
public record RelationshipView(String outgoingStatus, String incomingStatus, boolean targetUserIsPrivate) {

    static RelationshipView of(Relationship relationship, boolean targetUserIsPrivate) {
        return new RelationshipView(outgoing(relationship.outgoing()), incoming(relationship), targetUserIsPrivate);
    }

    private static String outgoing(FollowState state) {
        return switch (state) {
            case NONE, BLOCKS -> "none";
            case REQUESTED -> "requested";
            case FOLLOWS -> "follows";
        };
    }

    /** One's own block is told here, as clients expect; another's is told to nobody. */
    private static String incoming(Relationship relationship) {
        if (relationship.outgoing() == FollowState.BLOCKS) {
            return "blocked_by_you";
        }
        return switch (relationship.incoming()) {
            case NONE, BLOCKS -> "none";
            case REQUESTED -> "requested_by";
            case FOLLOWS -> "followed_by";
        };
    }
}
