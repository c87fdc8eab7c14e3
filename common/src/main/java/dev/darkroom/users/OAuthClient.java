package dev.darkroom.users;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An application that uses the API.
 *
 * @param id 32 hexadecimal digits; its first seven are in each of its tokens
 * @param redirectUris where its users may be sent back to
 * @param trusted whether it may take usernames and passwords itself, as the mobile application does
 */
public record OAuthClient(
        String id, String name, List<URI> redirectUris, Set<Scope> scopes, boolean trusted, Instant createdAt) {

    public OAuthClient {
        redirectUris = List.copyOf(redirectUris);
        scopes = Set.copyOf(scopes);
    }
}
