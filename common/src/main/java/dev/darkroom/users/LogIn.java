package dev.darkroom.users;

import dev.darkroom.config.Secret;
import dev.darkroom.shards.Shards;
import java.util.Optional;

/** Checks usernames and passwords. Takes as long for a name that does not exist as for a wrong password. Thread-safe. */
public final class LogIn {

    private final Shards shards;
    private final UserNames names;
    private final Passwords passwords;
    private final String hashOfNobody;

    public LogIn(Shards shards, Passwords passwords) {
        this.shards = shards;
        this.names = new UserNames(shards.directory());
        this.passwords = passwords;
        this.hashOfNobody = passwords.hash(Secret.of("no account has this hash"));
    }

    /** The account, if there is one with this name and password. */
    public Optional<UserId> logIn(String typedName, Secret password) {
        Optional<UserId> id = Username.of(typedName).flatMap(names::find);
        Optional<String> hash = id.flatMap(this::passwordHash);
        boolean right = passwords.matches(password, hash.orElse(hashOfNobody));
        return right && hash.isPresent() ? id : Optional.empty();
    }

    private Optional<String> passwordHash(UserId id) {
        return shards.read(
                id.shard(),
                handle -> handle.createQuery(
                                "SELECT password_hash FROM <shard>.account WHERE id = :id AND password_hash IS NOT NULL")
                        .bind("id", id.value())
                        .mapTo(String.class)
                        .findOne());
    }
}
