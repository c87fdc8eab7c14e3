package dev.darkroom.api.users;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.access.Caller;
import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.users.Scope;
import dev.darkroom.users.User;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/**
 * {@code /v1/users/self/privacy}: whether the caller's account is private. Who follows it when it becomes private goes on to;
 * who waits to be approved when it becomes public waits on, until approved or asking again.
 */
@Path("/v1/users/self/privacy")
public final class PrivacyResource {

    private final Audience audience;
    private final UserStore users;

    public PrivacyResource(Audience audience, UserStore users) {
        this.audience = audience;
        this.users = users;
    }

    @GET
    public Envelope<PrivacyView> get(@Context Call call) {
        User self = audience.existing(Caller.SELF, call.caller());
        return Envelope.of(new PrivacyView(self.isPrivate()));
    }

    /** May be repeated. */
    @PUT
    public Envelope<PrivacyView> put(@Context Call call) {
        UserId self = call.caller().selfWith(Scope.RELATIONSHIPS);
        boolean wished = switch (call.parameters().require("is_private")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiException.invalidParameters("is_private must be true or false.");
        };
        if (!users.setPrivate(self, wished)) {
            throw Audience.unknown();
        }
        return Envelope.of(new PrivacyView(wished));
    }
}
