package dev.darkroom.follows;

import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserRow;
import java.util.Optional;

/** Reads accounts together with whether they block whoever asks. Thread-safe. */
final class Counterparts {

    private static final String FIND = "SELECT " + UserRow.COLUMNS + """
            , coalesce(b.state = 3, false) AS blocks_viewer, coalesce(b.blocks, 0) AS blocks
            FROM <shard>.account a LEFT JOIN <shard>.follow b ON b.follower = a.id AND b.followee = :viewer
            WHERE a.id = :id""";

    private final Shards shards;

    Counterparts(Shards shards) {
        this.shards = shards;
    }

    /** One round trip, on the shard of {@code id}. */
    Optional<Counterpart> find(UserId viewer, UserId id) {
        if (!shards.has(id.shard())) {
            return Optional.empty();
        }
        return shards.read(
                id.shard(),
                handle -> handle.createQuery(FIND)
                        .bind("viewer", viewer.value())
                        .bind("id", id.value())
                        .map((row, context) -> new Counterpart(
                                UserRow.user(row), row.getBoolean("blocks_viewer"), row.getInt("blocks")))
                        .findOne());
    }
}
