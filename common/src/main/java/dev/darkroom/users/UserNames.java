package dev.darkroom.users;

import dev.darkroom.shards.Directory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Usernames over all shards: reserved while an account is being made, then confirmed for good. Thread-safe. */
final class UserNames {

    private static final String RESERVE = """
            INSERT INTO directory.account_name (username, user_id, state) VALUES (:username, :id, 'reserved')
            ON CONFLICT DO NOTHING""";

    private static final String CONFIRM = """
            UPDATE directory.account_name SET state = 'confirmed' WHERE username = :username AND user_id = :id""";

    private static final String FIND = """
            SELECT user_id FROM directory.account_name WHERE username = :username AND state = 'confirmed'""";

    // In the C collation a prefix is a range of the primary key; the character after all of ours closes it.
    private static final String WITH_PREFIX = """
            SELECT user_id FROM directory.account_name
            WHERE username >= :prefix AND username < :prefix || '~' AND state = 'confirmed'
            ORDER BY username LIMIT :count""";

    private static final String ABANDONED = """
            SELECT username, user_id FROM directory.account_name
            WHERE state = 'reserved' AND reserved_at < clock_timestamp() - :seconds * interval '1 second'
            ORDER BY reserved_at LIMIT :count""";

    private static final String DROP = """
            DELETE FROM directory.account_name WHERE username = :username AND user_id = :id AND state = 'reserved'""";

    private final Directory directory;

    UserNames(Directory directory) {
        this.directory = directory;
    }

    /** False if somebody else has the name, or is about to. */
    boolean reserve(Username name, UserId id) {
        return update(RESERVE, name, id);
    }

    /** False if the reservation is gone. May be repeated. */
    boolean confirm(Username name, UserId id) {
        return update(CONFIRM, name, id);
    }

    /** Gives the name back, unless it is confirmed. */
    boolean drop(Username name, UserId id) {
        return update(DROP, name, id);
    }

    Optional<UserId> find(Username name) {
        return directory.with(handle -> handle.createQuery(FIND)
                .bind("username", name.value())
                .map((row, context) -> new UserId(row.getLong(1)))
                .findOne());
    }

    /** In the order of their names. */
    List<UserId> withPrefix(String prefix, int count) {
        return directory.with(handle -> handle.createQuery(WITH_PREFIX)
                .bind("prefix", prefix)
                .bind("count", count)
                .map((row, context) -> new UserId(row.getLong(1)))
                .list());
    }

    /** Names reserved longer ago than {@code age} by the directory's clock, oldest first. */
    List<Reservation> abandoned(Duration age, int count) {
        return directory.with(handle -> handle.createQuery(ABANDONED)
                .bind("seconds", age.toSeconds())
                .bind("count", count)
                .map((row, context) -> new Reservation(new Username(row.getString(1)), new UserId(row.getLong(2))))
                .list());
    }

    private boolean update(String statement, Username name, UserId id) {
        return directory.with(handle -> handle.createUpdate(statement)
                        .bind("username", name.value())
                        .bind("id", id.value())
                        .execute())
                == 1;
    }

    record Reservation(Username username, UserId id) {}
}
