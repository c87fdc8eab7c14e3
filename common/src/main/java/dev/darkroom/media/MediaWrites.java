package dev.darkroom.media;

import dev.darkroom.media.format.Coordinates;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Posts and deletes media. Thread-safe. */
final class MediaWrites {

    private static final String POST = """
            WITH posted AS (
              INSERT INTO <shard>.media (owner, photo_key, content_type, width, height, caption, filter, tags,
                                         latitude, longitude, location_id, idempotency_key)
              VALUES (:owner, :photoKey, :contentType, :width, :height, :caption, :filter, :tags,
                      :latitude, :longitude, :locationId, :idempotencyKey)
              ON CONFLICT (owner, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
              RETURNING id),
            waiting AS (
              INSERT INTO <shard>.effect (media_id, kind) SELECT id, kind FROM posted, (VALUES (0), (1)) AS k(kind)),
            counted AS (
              UPDATE <shard>.account_count c SET media = c.media + 1 FROM posted WHERE c.user_id = :owner)
            SELECT id FROM posted""";

    private static final String DELETE = """
            WITH deleted AS (
              UPDATE <shard>.media SET deleted_at = clock_timestamp(), version = version + 1
              WHERE id = :id AND owner = :owner AND deleted_at IS NULL
              RETURNING id, state),
            counted AS (
              UPDATE <shard>.account_count c SET media = c.media - 1
              FROM deleted WHERE c.user_id = :owner AND deleted.state <> 2)
            SELECT id FROM deleted""";

    private final Shards shards;
    private final MediaReads reads;

    MediaWrites(Shards shards, MediaReads reads) {
        this.shards = shards;
        this.reads = reads;
    }

    Media post(NewMedia media) {
        return shards.write(media.owner().shard(), (handle, transaction) -> {
            Optional<MediaId> posted = insert(handle, media);
            posted.ifPresent(id -> transaction.enqueue(
                    new RenderMedia(id.value(), media.owner().value())));
            return posted.map(id -> asPosted(id, media)).orElseGet(() -> reads.postedBefore(handle, media));
        });
    }

    private static Optional<MediaId> insert(Handle handle, NewMedia media) {
        Coordinates point = media.coordinates();
        Query insert = handle.createQuery(POST)
                .bind("owner", media.owner().value())
                .bind("photoKey", media.photo().key().value())
                .bind("contentType", media.photo().contentType())
                .bind("width", media.photo().width())
                .bind("height", media.photo().height())
                .bind("caption", media.caption())
                .bind("filter", media.filter())
                .bindArray("tags", String.class, media.tags())
                .bind("latitude", point == null ? null : (Double) point.latitude())
                .bind("longitude", point == null ? null : (Double) point.longitude())
                .bind("locationId", media.locationId())
                .bind("idempotencyKey", media.idempotencyKey());
        return insert.map((row, context) -> new MediaId(row.getLong(1))).findOne();
    }

    private static Media asPosted(MediaId id, NewMedia media) {
        return new Media(
                id,
                media.owner(),
                MediaState.PROCESSING,
                1,
                media.photo(),
                media.caption(),
                media.filter(),
                media.tags(),
                media.coordinates(),
                media.locationId(),
                null);
    }

    boolean delete(UserId owner, MediaId media) {
        if (!owner.shard().equals(media.shard()) || !shards.has(media.shard())) {
            return false;
        }
        return shards.write(media.shard(), (handle, transaction) -> {
            boolean deleted = handle.createQuery(DELETE)
                    .bind("id", media.value())
                    .bind("owner", owner.value())
                    .mapTo(Long.class)
                    .findOne()
                    .isPresent();
            if (deleted) {
                transaction.enqueue(new DeleteMedia(media.value(), owner.value()));
            }
            return deleted;
        });
    }
}
