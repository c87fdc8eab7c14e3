package dev.darkroom.users;

import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads accounts. Ids that name a shard which does not exist are ids of nobody. Thread-safe. */
public final class UserStore {

    private static final String COLUMNS =
            "id, username, full_name, bio, website, profile_picture, is_private, created_at";

    private final Shards shards;
    private final UserNames names;

    public UserStore(Shards shards) {
        this.shards = shards;
        this.names = new UserNames(shards.directory());
    }

    /** One round trip. */
    public Optional<User> find(UserId id) {
        if (!shards.has(id.shard())) {
            return Optional.empty();
        }
        return shards.read(
                id.shard(),
                handle -> handle.createQuery("SELECT " + COLUMNS + " FROM <shard>.account WHERE id = :id")
                        .bind("id", id.value())
                        .map((row, context) -> user(row))
                        .findOne());
    }

    /** Two round trips. */
    public Optional<User> findByUsername(Username username) {
        return names.find(username).flatMap(this::find);
    }

    /** Those that exist, by id. One round trip for each physical database that holds any of them. */
    public Map<UserId, User> findAll(Collection<UserId> ids) {
        Long[] wanted = ids.stream().map(UserId::value).distinct().toArray(Long[]::new);
        List<ShardId> held = ids.stream().map(UserId::shard).filter(shards::has).toList();
        return shards
                .readEach(
                        held,
                        (handle, group) -> handle.createQuery(accountsIn(group))
                                .bindArray("ids", Long.class, (Object[]) wanted)
                                .map((row, context) -> user(row))
                                .list())
                .stream()
                .collect(Collectors.toMap(User::id, Function.identity()));
    }

    private static String accountsIn(List<ShardId> group) {
        return group.stream()
                .map(shard -> "SELECT " + COLUMNS + " FROM " + shard.schema() + ".account WHERE id = ANY(:ids)")
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** All zero for an account that does not exist. One round trip. */
    public UserCounts counts(UserId id) {
        UserCounts none = new UserCounts(0, 0, 0);
        if (!shards.has(id.shard())) {
            return none;
        }
        return shards.read(
                id.shard(),
                handle -> handle.createQuery(
                                "SELECT media, follows, followed_by FROM <shard>.account_count WHERE user_id = :id")
                        .bind("id", id.value())
                        .map((row, context) -> new UserCounts(row.getLong(1), row.getLong(2), row.getLong(3)))
                        .findOne()
                        .orElse(none));
    }

    /**
     * Accounts whose username begins with what was typed, in the order of their names: so an exact match is first.
     *
     * @return none if it could not be the beginning of a username
     */
    public List<User> search(String typed, int count) {
        return Username.of(typed)
                .map(prefix -> inOrder(names.withPrefix(prefix.value(), count)))
                .orElse(List.of());
    }

    private List<User> inOrder(List<UserId> ids) {
        Map<UserId, User> found = findAll(ids);
        return ids.stream().flatMap(id -> Stream.ofNullable(found.get(id))).toList();
    }

    private static User user(ResultSet row) throws SQLException {
        Instant createdAt = row.getObject("created_at", OffsetDateTime.class).toInstant();
        return new User(
                new UserId(row.getLong("id")),
                new Username(row.getString("username")),
                row.getString("full_name"),
                row.getString("bio"),
                row.getString("website"),
                row.getString("profile_picture"),
                row.getBoolean("is_private"),
                createdAt);
    }
}
