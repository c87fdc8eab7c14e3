package dev.darkroom.api.relationships;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.users.ShortUser;
import dev.darkroom.api.users.UserViews;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.Page;
import dev.darkroom.users.Scope;
import dev.darkroom.users.UserId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.Optional;

/** {@code GET /v1/users/self/requested-by}: who waits for the caller to approve them. */
@Path("/v1/users/self/requested-by")
public final class RequestsResource {

    private final FollowStore follows;
    private final UserViews views;

    public RequestsResource(FollowStore follows, UserViews views) {
        this.follows = follows;
        this.views = views;
    }

    @GET
    public Envelope.Page<ShortUser> get(@Context Call call) {
        UserId self = call.caller().selfWith(Scope.RELATIONSHIPS);
        Page<UserId> page = follows.requestedBy(
                self,
                call.parameters().text("cursor").orElse(null),
                call.parameters().count(FollowListsResource.PAGE));
        return Envelope.page(
                views.shortUsers(page.items(), call),
                call.pagination("cursor", Optional.ofNullable(page.nextCursor())));
    }
}
