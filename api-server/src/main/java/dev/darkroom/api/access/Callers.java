package dev.darkroom.api.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.darkroom.users.OAuthClients;
import dev.darkroom.users.TokenLookup;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks up callers and remembers them shortly, unknown ones too, so that most requests cost no statement. A revoked token
 * works on in this process for at most that time. Thread-safe.
 */
public final class Callers {

    private static final int MOST_REMEMBERED = 100_000;

    private final LoadingCache<String, Optional<Caller>> byToken;
    private final LoadingCache<String, Optional<Caller>> byClient;

    /**
     * Looks up in the directory.
     *
     * @param remembered how long an answer may be old
     */
    public Callers(TokenLookup tokens, OAuthClients clients, Duration remembered) {
        this(
                token -> tokens.find(token).map(Caller::of),
                id -> clients.find(id).map(client -> Caller.ofClient(client.id())),
                remembered);
    }

    Callers(
            Function<String, Optional<Caller>> byToken,
            Function<String, Optional<Caller>> byClient,
            Duration remembered) {
        this.byToken = cache(byToken, remembered);
        this.byClient = cache(byClient, remembered);
    }

    Optional<Caller> byToken(String token) {
        return byToken.get(token);
    }

    Optional<Caller> byClient(String clientId) {
        return byClient.get(clientId);
    }

    private static LoadingCache<String, Optional<Caller>> cache(
            Function<String, Optional<Caller>> lookUp, Duration remembered) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(remembered)
                .build(lookUp::apply);
    }
}
