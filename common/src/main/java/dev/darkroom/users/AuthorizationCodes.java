package dev.darkroom.users;

import dev.darkroom.config.Secret;
import dev.darkroom.shards.Directory;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;

/** The codes that an application exchanges for a token: good once, for ten minutes. Kept as SHA-256. Thread-safe. */
public final class AuthorizationCodes {

    private static final String INSERT = """
            INSERT INTO directory.authorization_code (sha256, user_id, client_id, redirect_uri, scopes)
            VALUES (:sha256, :user, :client, :redirectUri, :scopes)""";

    // Taken with the first try, right or wrong: a code that leaked can't be tried again.
    private static final String REDEEM = """
            DELETE FROM directory.authorization_code WHERE sha256 = :sha256
            RETURNING user_id, client_id, scopes, redirect_uri, issued_at > clock_timestamp() - interval '10 minutes' AS good""";

    private final Directory directory;
    private final SecureRandom random;

    public AuthorizationCodes(Directory directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    public String issue(Authorization authorization, URI redirectUri) {
        String code = Digest.randomHex(random);
        directory.with(handle -> handle.createUpdate(INSERT)
                .bind("sha256", Digest.sha256(Secret.of(code)))
                .bind("user", authorization.userId().value())
                .bind("client", authorization.clientId())
                .bind("redirectUri", redirectUri.toString())
                .bindArray("scopes", String.class, (Object[]) OAuthClients.words(authorization.scopes()))
                .execute());
        return code;
    }

    /** What the code stands for; empty if it is unknown, used, too old, or another application's. */
    public Optional<Grant> redeem(String code, String clientId) {
        return directory.with(handle -> handle.createQuery(REDEEM)
                .bind("sha256", Digest.sha256(Secret.of(code)))
                .map((row, context) -> new Redeemed(
                        row.getBoolean("good"),
                        new Grant(
                                new Authorization(
                                        new UserId(row.getLong("user_id")),
                                        row.getString("client_id"),
                                        OAuthClients.scopes(row)),
                                URI.create(row.getString("redirect_uri")))))
                .findOne()
                .filter(redeemed -> redeemed.good()
                        && redeemed.grant().authorization().clientId().equals(clientId))
                .map(Redeemed::grant));
    }

    /**
     * What a user granted to an application.
     *
     * @param redirectUri where the code was sent; the exchange must name the same
     */
    public record Grant(Authorization authorization, URI redirectUri) {}

    private record Redeemed(boolean good, Grant grant) {}
}
