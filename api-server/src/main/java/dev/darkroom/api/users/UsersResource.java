package dev.darkroom.api.users;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.users.User;
import dev.darkroom.users.UserStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** {@code GET /v1/users/{id}}. */
@Path("/v1/users/{id}")
public final class UsersResource {

    private final Audience audience;
    private final UserStore users;
    private final UserViews views;

    public UsersResource(Audience audience, UserStore users, UserViews views) {
        this.audience = audience;
        this.users = users;
        this.views = views;
    }

    @GET
    public Envelope<FullUser> get(@PathParam("id") String id, @Context Call call) {
        User user = audience.visible(id, call.caller());
        return Envelope.of(views.fullUser(user, users.counts(user.id()), call.url()));
    }
}
