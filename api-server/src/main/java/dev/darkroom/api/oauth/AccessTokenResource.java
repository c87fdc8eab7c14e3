package dev.darkroom.api.oauth;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.error.ErrorType;
import dev.darkroom.api.users.ShortUser;
import dev.darkroom.api.users.UserViews;
import dev.darkroom.api.wire.CalledUrl;
import dev.darkroom.api.wire.RequestParameters;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** {@code POST /oauth/access_token}: a token for a username and password, for applications that are trusted with them. */
@Path("/oauth/access_token")
public final class AccessTokenResource {

    private final PasswordGrant passwords;
    private final UserViews views;

    public AccessTokenResource(PasswordGrant passwords, UserViews views) {
        this.passwords = passwords;
        this.views = views;
    }

    /** The answer stands bare, without an envelope. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record IssuedToken(String accessToken, ShortUser user) {}

    @POST
    public IssuedToken issue(@Context RequestParameters parameters, @Context CalledUrl called) {
        String grant = PasswordGrant.required(parameters, "grant_type");
        if (!grant.equals("password")) {
            throw new ApiException(
                    ErrorType.OAUTH, "Unsupported grant_type; this server issues tokens for grant_type=password.");
        }
        PasswordGrant.Granted granted = passwords.grant(parameters);
        return new IssuedToken(granted.token(), views.shortUser(granted.user(), called));
    }
}
