package dev.darkroom.users;

import dev.darkroom.config.Secret;
import dev.darkroom.shards.Directory;
import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The applications, in the directory. Thread-safe. */
public final class OAuthClients {

    private static final String INSERT = """
            INSERT INTO directory.oauth_client (id, name, secret_sha256, redirect_uris, scopes, trusted)
            VALUES (:id, :name, :secret, :redirectUris, :scopes, :trusted)
            ON CONFLICT (id) DO NOTHING""";

    private static final String FIND = """
            SELECT id, name, redirect_uris, scopes, trusted, created_at FROM directory.oauth_client WHERE id = :id""";

    private final Directory directory;
    private final SecureRandom random;

    public OAuthClients(Directory directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    /** Registers an application under a new id and secret. The secret is not kept: this is the only time it is seen. */
    public Registration register(NewOAuthClient client) {
        String id = Digest.randomHex(random);
        Secret secret = Secret.of(Digest.randomHex(random));
        register(id, secret, client);
        return new Registration(id, secret);
    }

    /**
     * Registers an application whose id and secret are given. If the id is there already, nothing changes.
     *
     * @return whether it is new
     */
    public boolean register(String id, Secret secret, NewOAuthClient client) {
        return directory.with(handle -> handle.createUpdate(INSERT)
                        .bind("id", id)
                        .bind("name", client.name())
                        .bind("secret", Digest.sha256(secret))
                        .bindArray("redirectUris", String.class, (Object[]) client.redirectUris().stream()
                                .map(URI::toString)
                                .toArray(String[]::new))
                        .bindArray("scopes", String.class, (Object[]) words(client.scopes()))
                        .bind("trusted", client.trusted())
                        .execute())
                == 1;
    }

    public Optional<OAuthClient> find(String id) {
        return directory.with(handle -> handle.createQuery(FIND)
                .bind("id", id)
                .map((row, context) -> client(row))
                .findOne());
    }

    /** Whether this is the secret of that application. */
    public boolean authenticates(String id, Secret secret) {
        Optional<byte[]> stored = directory.with(
                handle -> handle.createQuery("SELECT secret_sha256 FROM directory.oauth_client WHERE id = :id")
                        .bind("id", id)
                        .map((row, context) -> row.getBytes(1))
                        .findOne());
        return stored.isPresent() && MessageDigest.isEqual(stored.get(), Digest.sha256(secret));
    }

    private static OAuthClient client(ResultSet row) throws SQLException {
        return new OAuthClient(
                row.getString("id"),
                row.getString("name"),
                Stream.of(strings(row, "redirect_uris")).map(URI::create).toList(),
                scopes(row),
                row.getBoolean("trusted"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    static String[] words(Set<Scope> scopes) {
        return scopes.stream().map(Scope::word).sorted().toArray(String[]::new);
    }

    static Set<Scope> scopes(ResultSet row) throws SQLException {
        return Stream.of(strings(row, "scopes"))
                .flatMap(word -> Scope.of(word).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String[] strings(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    /** What the application must know: its id, and its secret, which is not kept here. */
    public record Registration(String id, Secret secret) {}
}
