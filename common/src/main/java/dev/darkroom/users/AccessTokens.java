package dev.darkroom.users;

import dev.darkroom.config.Secret;
import dev.darkroom.shards.Directory;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Access tokens of the form {@code userid.clientprefix.32hex}, kept in the directory as SHA-256. They do not expire; they are
 * revoked. Every call asks the database: a cache goes in front of {@link #find}. Thread-safe.
 */
public final class AccessTokens implements TokenLookup {

    private static final int PREFIX_LENGTH = 7;

    private static final String INSERT = """
            INSERT INTO directory.access_token (sha256, user_id, client_id, scopes)
            VALUES (:sha256, :user, :client, :scopes)""";

    private static final String FIND = """
            SELECT user_id, client_id, scopes FROM directory.access_token
            WHERE sha256 = :sha256 AND revoked_at IS NULL""";

    private static final String REVOKE = """
            UPDATE directory.access_token SET revoked_at = clock_timestamp()
            WHERE sha256 = :sha256 AND revoked_at IS NULL""";

    private final Directory directory;
    private final SecureRandom random;

    public AccessTokens(Directory directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    /**
     * Issues a token; earlier ones of the same user and application stay good.
     *
     * @param clientId of a registered application
     */
    public String issue(UserId user, String clientId, Set<Scope> scopes) {
        String token = token(user, clientId);
        directory.with(handle -> handle.createUpdate(INSERT)
                .bind("sha256", Digest.sha256(Secret.of(token)))
                .bind("user", user.value())
                .bind("client", clientId)
                .bindArray("scopes", String.class, (Object[]) OAuthClients.words(scopes))
                .execute());
        return token;
    }

    /** As {@link #issue}, for many users: one commit for all. */
    public Map<UserId, String> issueAll(Collection<UserId> users, String clientId, Set<Scope> scopes) {
        Map<UserId, String> issued = new HashMap<>();
        directory.with(handle -> {
            PreparedBatch batch = handle.prepareBatch(INSERT);
            for (UserId user : users) {
                String token = token(user, clientId);
                batch.bind("sha256", Digest.sha256(Secret.of(token)))
                        .bind("user", user.value())
                        .bind("client", clientId)
                        .bindArray("scopes", String.class, (Object[]) OAuthClients.words(scopes))
                        .add();
                issued.put(user, token);
            }
            return handle.inTransaction(transaction -> batch.execute());
        });
        return issued;
    }

    private String token(UserId user, String clientId) {
        String prefix = clientId.substring(0, Math.min(PREFIX_LENGTH, clientId.length()));
        return user + "." + prefix + "." + Digest.randomHex(random);
    }

    /** What the token allows; empty if it was never issued or has been revoked. One round trip. */
    @Override
    public Optional<Authorization> find(String token) {
        return directory.with(handle -> handle.createQuery(FIND)
                .bind("sha256", Digest.sha256(Secret.of(token)))
                .map((row, context) -> new Authorization(
                        new UserId(row.getLong("user_id")), row.getString("client_id"), OAuthClients.scopes(row)))
                .findOne());
    }

    /** Whether the token was good until now. */
    public boolean revoke(String token) {
        return directory.with(handle -> handle.createUpdate(REVOKE)
                        .bind("sha256", Digest.sha256(Secret.of(token)))
                        .execute())
                == 1;
    }
}
