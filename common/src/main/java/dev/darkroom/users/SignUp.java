package dev.darkroom.users;

import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes accounts. A name lives in the directory and an account in its shard, so it takes three steps: reserve the name, write
 * the shard, confirm the name. What stops half-way leaves a reservation that says where to look. Thread-safe if the random
 * generator is.
 */
public final class SignUp {

    private final Shards shards;
    private final UserNames names;
    private final AccountRows rows;
    private final List<ShardId> candidates;
    private final RandomGenerator random;

    public SignUp(Shards shards, RandomGenerator random) {
        this.shards = shards;
        this.names = new UserNames(shards.directory());
        this.rows = new AccountRows(shards);
        this.candidates = shards.all();
        this.random = random;
    }

    /**
     * Makes an account in a shard chosen at random; four round trips.
     *
     * @return empty if the username belongs to another account, or is reserved for one
     */
    public Optional<UserId> signUp(NewUser user) {
        ShardId shard = candidates.get(random.nextInt(candidates.size()));
        UserId id = shards.read(
                shard,
                handle -> handle.createQuery("SELECT <shard>.next_id()")
                        .map((row, context) -> new UserId(row.getLong(1)))
                        .one());
        if (!names.reserve(user.username(), id)) {
            return Optional.empty();
        }
        rows.insert(id, user);
        if (!names.confirm(user.username(), id)) {
            // The reservation was dropped as abandoned, so the name may be another's by now.
            rows.delete(id);
            return Optional.empty();
        }
        return Optional.of(id);
    }
}
