package dev.darkroom.api.relationships;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.users.Audience;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.follows.Counterpart;
import dev.darkroom.follows.FollowAnswer;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.users.Scope;
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
        UserId self = call.caller().selfWith(Scope.RELATIONSHIPS);
        return view(self, audience.counterpart(id, call.caller()));
    }

    /** Each action may be repeated without error; the answer is the relationship after it. */
    @POST
    public Envelope<RelationshipView> change(@PathParam("id") String id, @Context Call call) {
        UserId self = call.caller().selfWith(Scope.RELATIONSHIPS);
        String action = call.parameters().require("action");
        Counterpart target = audience.counterpart(id, call.caller());
        switch (act(self, target.user().id(), action)) {
            case ONESELF -> throw ApiException.invalidParameters("You cannot " + action + " yourself.");
            case UNKNOWN_USER -> throw ApiException.notFound("this user does not exist");
            case BLOCKED -> throw ApiException.notAllowed("you cannot view this resource");
            case BLOCKING -> throw ApiException.notAllowed("you block this user; unblock first");
            case CHANGED, UNCHANGED -> {
                return view(self, target);
            }
        }
        throw new IllegalStateException("Unknown to this switch: what became of " + action);
    }

    private FollowAnswer act(UserId self, UserId target, String action) {
        return switch (action) {
            case "follow" -> follows.follow(self, target);
            case "unfollow" -> follows.unfollow(self, target);
            case "block" -> follows.block(self, target);
            case "unblock" -> follows.unblock(self, target);
            case "approve" -> follows.approve(self, target);
            // Clients of the time sent either.
            case "ignore", "deny" -> follows.ignore(self, target);
            default ->
                throw ApiException.invalidParameters(
                        "action must be follow, unfollow, block, unblock, approve or ignore.");
        };
    }

    private Envelope<RelationshipView> view(UserId self, Counterpart target) {
        return Envelope.of(
                RelationshipView.of(follows.relationship(self, target.user().id()), target));
    }
}
