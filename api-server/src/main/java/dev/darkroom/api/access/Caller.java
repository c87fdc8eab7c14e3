package dev.darkroom.api.access;

import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.error.ErrorType;
import dev.darkroom.users.Authorization;
import dev.darkroom.users.Scope;
import dev.darkroom.users.UserId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who made the request.
 *
 * @param user the token's user; null when the client's id is all that was sent
 * @param scopes of the token
 */
public record Caller(String clientId, @Nullable UserId user, Set<Scope> scopes) {

    /** What stands for the caller's own user id in a path. */
    public static final String SELF = "self";

    static Caller of(Authorization authorization) {
        return new Caller(authorization.clientId(), authorization.userId(), authorization.scopes());
    }

    static Caller ofClient(String clientId) {
        return new Caller(clientId, null, Set.of());
    }

    /** The token's user; a call with a client id alone is refused. */
    public UserId self() {
        if (user == null) {
            throw new ApiException(ErrorType.OAUTH_PARAMETER, "Missing access_token URL parameter.");
        }
        return user;
    }

    /** The user whose eyes the answer is for; a client id has none. */
    public Optional<UserId> viewer() {
        return Optional.ofNullable(user);
    }

    /** The token's user, if the token has the scope. */
    public UserId selfWith(Scope scope) {
        UserId self = self();
        if (!scopes.contains(scope)) {
            String name = scope.word();
            throw new ApiException(
                    ErrorType.OAUTH_PERMISSIONS,
                    "This request requires scope=" + name
                            + ", but this access token is not authorized with this scope. The user must re-authorize your"
                            + " application with scope=" + name + " to be granted write permissions.");
        }
        return self;
    }
}
