package dev.darkroom.media;

import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the newest media of one account or of many. Thread-safe. */
final class RecentMedia {

    private static final String OF_OWNER = "SELECT " + MediaRow.COLUMNS + " FROM <shard>.media"
            + " WHERE owner = :owner AND deleted_at IS NULL AND id < :below AND id > :above AND (state = 1 OR :all)"
            + " ORDER BY id DESC LIMIT :count";

    // From the index alone: it holds owner, id and state. Each shard looks only for its own owners.
    private static final String IDS_IN_SHARD = """
            SELECT m.id FROM unnest(%s) AS o(owner), LATERAL (
              SELECT id FROM %s.media
              WHERE owner = o.owner AND state = 1 AND deleted_at IS NULL AND id < :below AND id >= %s
              ORDER BY id DESC LIMIT %s) m""";

    // A few of each owner give a bound that nothing wanted lies below; so an owner with thousands costs
    // no more than others.
    private static final String IDS = """
            WITH few AS (%s),
                 bound AS (SELECT coalesce((SELECT id FROM few ORDER BY id DESC OFFSET :limit - 1 LIMIT 1), 0) AS id)
            SELECT id FROM (%s) found ORDER BY id DESC LIMIT :limit""";

    private final Shards shards;

    RecentMedia(Shards shards) {
        this.shards = shards;
    }

    List<Media> of(UserId owner, MediaRange range, boolean all) {
        if (!shards.has(owner.shard())) {
            return List.of();
        }
        return shards.read(
                owner.shard(),
                handle -> handle.createQuery(OF_OWNER)
                        .bind("owner", owner.value())
                        .bind("below", range.below())
                        .bind("above", range.above())
                        .bind("all", all)
                        .bind("count", range.count())
                        .map((row, context) -> MediaRow.media(row))
                        .list());
    }

    List<MediaId> idsOf(Collection<UserId> owners, long below, int limit) {
        List<ShardId> held =
                owners.stream().map(UserId::shard).filter(shards::has).toList();
        Long[] wanted = owners.stream().map(UserId::value).distinct().toArray(Long[]::new);
        int few = 2 + 2 * limit / Math.max(1, wanted.length);
        List<MediaId> found = shards.readEach(
                held,
                (handle, group) -> handle.createQuery(idsIn(group))
                        .bindArray("owners", Long.class, (Object[]) wanted)
                        .bind("below", below)
                        .bind("limit", limit)
                        .bind("few", few)
                        .map((row, context) -> new MediaId(row.getLong(1)))
                        .list());
        return found.stream().sorted(Comparator.reverseOrder()).limit(limit).toList();
    }

    private static String idsIn(List<ShardId> group) {
        return IDS.formatted(idsIn(group, "0", ":few"), idsIn(group, "(SELECT id FROM bound)", ":limit"));
    }

    private static String idsIn(List<ShardId> group, String bound, String limit) {
        return group.stream()
                .map(shard -> IDS_IN_SHARD.formatted(shard.idsIn("owners"), shard.schema(), bound, limit))
                .collect(Collectors.joining(" UNION ALL "));
    }
}
