package dev.darkroom.ops.demo;

import dev.darkroom.users.AccessTokens;
import dev.darkroom.users.Scope;
import dev.darkroom.users.UserId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An access token for each user that asks, one a run. Thread-safe. */
final class Tokens {

    private final AccessTokens tokens;
    private final String clientId;
    private final Map<UserId, String> issued = new ConcurrentHashMap<>();

    Tokens(AccessTokens tokens, String clientId) {
        this.tokens = tokens;
        this.clientId = clientId;
    }

    String of(UserId user) {
        return issued.computeIfAbsent(user, owner -> tokens.issue(owner, clientId, Set.of(Scope.BASIC)));
    }
}
