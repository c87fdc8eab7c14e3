package dev.darkroom.api.relationships;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.darkroom.follows.Counterpart;
import dev.darkroom.follows.FollowState;
import dev.darkroom.follows.Relationship;

/** The caller and another account. Clients of the time break on any further key. */
@JsonNaming(SnakeCaseStrategy.class)
public record RelationshipView(String outgoingStatus, String incomingStatus, boolean targetUserIsPrivate) {

    /** @param target may block the caller since a moment ago: then nothing is left between them but the caller's own block */
    static RelationshipView of(Relationship relationship, Counterpart target) {
        boolean over = target.blocksViewer() && relationship.outgoing() != FollowState.BLOCKS;
        Relationship shown = over ? new Relationship(FollowState.NONE, FollowState.NONE) : relationship;
        return new RelationshipView(
                outgoing(shown.outgoing()), incoming(shown), target.user().isPrivate());
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
