package dev.darkroom.media;

import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.BlockCondition;
import dev.darkroom.users.UserId;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads media by their ids. Thread-safe. */
final class MediaReads {

    private static final String FIND =
            "SELECT " + MediaRow.COLUMNS + " FROM <shard>.media WHERE id = :id AND deleted_at IS NULL";

    private static final String FIND_EVEN_DELETED = "SELECT " + MediaRow.COLUMNS + " FROM <shard>.media WHERE id = :id";

    private static final String POSTED_BEFORE = "SELECT " + MediaRow.COLUMNS
            + " FROM <shard>.media WHERE owner = :owner AND idempotency_key = :idempotencyKey";

    private static final String EFFECTS =
            "SELECT kind, state, n, m, error, at FROM <shard>.effect WHERE media_id = :id ORDER BY kind";

    private final Shards shards;

    MediaReads(Shards shards) {
        this.shards = shards;
    }

    Optional<Media> find(MediaId id) {
        return find(FIND, id);
    }

    Optional<Media> findEvenDeleted(MediaId id) {
        return find(FIND_EVEN_DELETED, id);
    }

    private Optional<Media> find(String statement, MediaId id) {
        if (!shards.has(id.shard())) {
            return Optional.empty();
        }
        return shards.read(
                id.shard(),
                handle -> handle.createQuery(statement)
                        .bind("id", id.value())
                        .map((row, context) -> MediaRow.media(row))
                        .findOne());
    }

    /** What the same owner posted with the same idempotency key. */
    Media postedBefore(Handle handle, NewMedia media) {
        return handle.createQuery(POSTED_BEFORE)
                .bind("owner", media.owner().value())
                .bind("idempotencyKey", media.idempotencyKey())
                .map((row, context) -> MediaRow.media(row))
                .one();
    }

    Map<MediaId, Media> findAll(Collection<MediaId> ids) {
        return findAll(ids, shard -> "true", Map.of());
    }

    Map<MediaId, Media> findAllFor(UserId viewer, Collection<MediaId> ids) {
        return findAll(
                ids,
                shard -> BlockCondition.ownerDoesNotBlockViewer(shard.schema(), "owner"),
                Map.of("viewer", viewer.value()));
    }

    private Map<MediaId, Media> findAll(
            Collection<MediaId> ids, Function<ShardId, String> condition, Map<String, ?> parameters) {
        List<ShardId> held =
                ids.stream().map(MediaId::shard).filter(shards::has).toList();
        Long[] wanted = ids.stream().map(MediaId::value).distinct().toArray(Long[]::new);
        return shards
                .readEach(
                        held,
                        (handle, group) -> handle.createQuery(mediaIn(group, condition))
                                .bindArray("ids", Long.class, (Object[]) wanted)
                                .bindMap(parameters)
                                .map((row, context) -> MediaRow.media(row))
                                .list())
                .stream()
                .collect(Collectors.toMap(Media::id, Function.identity()));
    }

    private static String mediaIn(List<ShardId> group, Function<ShardId, String> condition) {
        return group.stream()
                .map(shard -> "SELECT " + MediaRow.COLUMNS + " FROM " + shard.schema() + ".media WHERE id = ANY("
                        + shard.idsIn("ids") + ") AND deleted_at IS NULL AND " + condition.apply(shard))
                .collect(Collectors.joining(" UNION ALL "));
    }

    List<Effect> deliveries(MediaId id) {
        if (!shards.has(id.shard())) {
            return List.of();
        }
        return shards.read(
                id.shard(),
                handle -> handle.createQuery(EFFECTS)
                        .bind("id", id.value())
                        .map((row, context) -> new Effect(
                                EffectKind.ofCode(row.getInt("kind")),
                                EffectState.ofCode(row.getInt("state")),
                                row.getInt("n"),
                                row.getInt("m"),
                                row.getString("error"),
                                row.getObject("at", OffsetDateTime.class).toInstant()))
                        .list());
    }
}
