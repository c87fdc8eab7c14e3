package dev.darkroom.users;

import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads accounts. Ids that name a shard which does not exist are ids of nobody. Thread-safe. */
public final class UserStore {

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
                handle -> handle.createQuery("SELECT " + UserRow.COLUMNS + " FROM <shard>.account WHERE id = :id")
                        .bind("id", id.value())
                        .map((row, context) -> UserRow.user(row))
                        .findOne());
    }

    /** Two round trips. */
    public Optional<User> findByUsername(Username username) {
        return names.find(username).flatMap(this::find);
    }

    /** Those that exist, by id. One round trip for each physical database that holds any of them. */
    public Map<UserId, User> findAll(Collection<UserId> ids) {
        return findAll(ids, shard -> "true", Map.of());
    }

    /** As {@link #findAll}, without those that block the viewer. */
    public Map<UserId, User> findAllFor(UserId viewer, Collection<UserId> ids) {
        return findAll(
                ids,
                shard -> BlockCondition.ownerDoesNotBlockViewer(shard.schema(), "id"),
                Map.of("viewer", viewer.value()));
    }

    private Map<UserId, User> findAll(
            Collection<UserId> ids, Function<ShardId, String> condition, Map<String, ?> parameters) {
        Long[] wanted = ids.stream().map(UserId::value).distinct().toArray(Long[]::new);
        List<ShardId> held = ids.stream().map(UserId::shard).filter(shards::has).toList();
        return shards
                .readEach(
                        held,
                        (handle, group) -> handle.createQuery(accountsIn(group, condition))
                                .bindArray("ids", Long.class, (Object[]) wanted)
                                .bindMap(parameters)
                                .map((row, context) -> UserRow.user(row))
                                .list())
                .stream()
                .collect(Collectors.toMap(User::id, Function.identity()));
    }

    private static String accountsIn(List<ShardId> group, Function<ShardId, String> condition) {
        return group.stream()
                .map(shard -> "SELECT " + UserRow.COLUMNS + " FROM " + shard.schema() + ".account WHERE id = ANY("
                        + shard.idsIn("ids") + ") AND " + condition.apply(shard))
                .collect(Collectors.joining(" UNION ALL "));
    }

    /**
     * Makes an account private or public; whoever follows it goes on to, and who asked to waits on. One round trip.
     *
     * @return false if there is no such account
     */
    public boolean setPrivate(UserId id, boolean isPrivate) {
        if (!shards.has(id.shard())) {
            return false;
        }
        int changed = shards.read(
                id.shard(),
                handle -> handle.createUpdate("UPDATE <shard>.account SET is_private = :isPrivate WHERE id = :id")
                        .bind("isPrivate", isPrivate)
                        .bind("id", id.value())
                        .execute());
        return changed == 1;
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
}
