package dev.darkroom.ops.demo;

import dev.darkroom.users.AccessTokens;
import dev.darkroom.users.Scope;
import dev.darkroom.users.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An access token for each user that asks, one a run. Thread-safe. */
final class Tokens {

    private static final int BATCH = 1_000;
    private static final Set<Scope> SCOPES = Set.of(Scope.BASIC);

    private final AccessTokens tokens;
    private final String clientId;
    private final Map<UserId, String> issued = new ConcurrentHashMap<>();

    Tokens(AccessTokens tokens, String clientId) {
        this.tokens = tokens;
        this.clientId = clientId;
    }

    String of(UserId user) {
        return issued.computeIfAbsent(user, owner -> tokens.issue(owner, clientId, SCOPES));
    }

    /** Has a token for each of them: many together cost a commit a thousand and not one each. */
    void prepare(Collection<UserId> users) {
        List<UserId> without =
                users.stream().filter(user -> !issued.containsKey(user)).toList();
        for (int from = 0; from < without.size(); from += BATCH) {
            List<UserId> part = without.subList(from, Math.min(from + BATCH, without.size()));
            issued.putAll(tokens.issueAll(part, clientId, SCOPES));
        }
    }
}
