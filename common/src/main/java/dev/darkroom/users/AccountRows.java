package dev.darkroom.users;

import dev.darkroom.shards.Shards;

/** Writes accounts in their shards. Thread-safe. */
final class AccountRows {

    private static final String INSERT = """
            WITH counted AS (INSERT INTO <shard>.account_count (user_id) VALUES (:id))
            INSERT INTO <shard>.account (id, username, password_hash, full_name, bio, website)
            VALUES (:id, :username, :passwordHash, :fullName, :bio, :website)""";

    private static final String DELETE = """
            WITH counted AS (DELETE FROM <shard>.account_count WHERE user_id = :id)
            DELETE FROM <shard>.account WHERE id = :id""";

    private final Shards shards;

    AccountRows(Shards shards) {
        this.shards = shards;
    }

    /** One round trip. */
    void insert(UserId id, NewUser user) {
        shards.read(
                id.shard(),
                handle -> handle.createUpdate(INSERT)
                        .bind("id", id.value())
                        .bind("username", user.username().value())
                        .bind("passwordHash", user.passwordHash())
                        .bind("fullName", user.fullName())
                        .bind("bio", user.bio())
                        .bind("website", user.website())
                        .execute());
    }

    void delete(UserId id) {
        shards.read(
                id.shard(),
                handle -> handle.createUpdate(DELETE).bind("id", id.value()).execute());
    }
}
