package dev.darkroom.users;

import java.util.Set;

/** What a token allows: to act for this user, through this application, within these scopes. */
public record Authorization(UserId userId, String clientId, Set<Scope> scopes) {

    public Authorization {
        scopes = Set.copyOf(scopes);
    }
}
