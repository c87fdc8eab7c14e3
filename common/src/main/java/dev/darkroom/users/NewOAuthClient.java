package dev.darkroom.users;

import java.net.URI;
import java.util.List;
import java.util.Set;

/** An application to be registered; see {@link OAuthClient}. */
public record NewOAuthClient(String name, List<URI> redirectUris, Set<Scope> scopes, boolean trusted) {

    public NewOAuthClient {
        redirectUris = List.copyOf(redirectUris);
        scopes = Set.copyOf(scopes);
    }
}
