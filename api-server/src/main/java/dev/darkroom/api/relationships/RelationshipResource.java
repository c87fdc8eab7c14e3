package dev.darkroom.api.relationships;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.users.Audience;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.follows.FollowAnswer;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.users.Scope;
import dev.darkroom.users.User;
import dev.darkroom.users.UserId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** {@code /v1/users/{id}/relationship}: what the caller and an account are to each other, and following it or not. */
@Path("/v1/users/{id}/relationship")
public final class RelationshipResource {

    private final Audience audience;
    private final FollowStore follows;

    public RelationshipResource(Audience audience, FollowStore follows) {
        this.audience = audience;
        this.follows = follows;
    }

    @GET
    public Envelope<RelationshipView> get(@PathParam("id") String id, @Context Call call) {
        return view(call.caller().selfWith(Scope.RELATIONSHIPS), audience.existing(id, call.caller()));
    }

    /** Each action may be repeated without error; the answer is the relationship after it. */
    @POST
    public Envelope<RelationshipView> change(@PathParam("id") String id, @Context Call call) {
        UserId self = call.caller().selfWith(Scope.RELATIONSHIPS);
        String action = call.parameters().require("action");
        User target = audience.existing(id, call.caller());
        FollowAnswer answer = switch (action) {
            case "follow" -> follows.follow(self, target.id());
            case "unfollow" -> follows.unfollow(self, target.id());
            default -> throw ApiException.invalidParameters("action must be follow or unfollow.");
        };
        if (answer == FollowAnswer.ONESELF) {
            throw ApiException.invalidParameters("You cannot " + action + " yourself.");
        }
        if (answer == FollowAnswer.UNKNOWN_USER) {
            throw ApiException.notFound("this user does not exist");
        }
        return view(self, target);
    }

    private Envelope<RelationshipView> view(UserId self, User target) {
        return Envelope.of(RelationshipView.of(follows.relationship(self, target.id()), target.isPrivate()));
    }
}
