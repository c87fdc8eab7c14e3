package dev.darkroom.api.relationships;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.users.Audience;
import dev.darkroom.api.users.ShortUser;
import dev.darkroom.api.users.UserViews;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.Page;
import dev.darkroom.users.User;
import dev.darkroom.users.UserId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/users/{id}/follows} and {@code …/followed-by}. */
@Path("/v1/users/{id}")
public final class FollowListsResource {

    static final int PAGE = 50;

    private final Audience audience;
    private final FollowStore follows;
    private final UserViews views;

    public FollowListsResource(Audience audience, FollowStore follows, UserViews views) {
        this.audience = audience;
        this.follows = follows;
        this.views = views;
    }

    @GET
    @Path("follows")
    public Envelope.Page<ShortUser> follows(@PathParam("id") String id, @Context Call call) {
        return list(id, call, follows::follows);
    }

    @GET
    @Path("followed-by")
    public Envelope.Page<ShortUser> followedBy(@PathParam("id") String id, @Context Call call) {
        return list(id, call, follows::followedBy);
    }

    private Envelope.Page<ShortUser> list(String id, Call call, Listing listing) {
        User user = audience.visible(id, call.caller());
        @Nullable String cursor = call.parameters().text("cursor").orElse(null);
        Page<UserId> page = listing.page(user.id(), cursor, call.parameters().count(PAGE));
        return Envelope.page(
                views.shortUsers(page.items(), call),
                call.pagination("cursor", Optional.ofNullable(page.nextCursor())));
    }

    /** One direction of following. */
    private interface Listing {
        Page<UserId> page(UserId user, @Nullable String cursor, int count);
    }
}
