package dev.darkroom.ops.bench.fanout;

import dev.darkroom.clock.Pause;
import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.media.Effect;
import dev.darkroom.media.EffectKind;
import dev.darkroom.media.EffectState;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Media that are ready without a photo, committed together with their {@code feed.fanout} jobs. */
final class FanOutPosts {

    private static final String INSERT = """
            WITH posted AS (
              INSERT INTO <shard>.media (owner, photo_key, content_type, width, height, state)
              SELECT :owner, md5(random()::text), 'image/jpeg', 612, 612, 1 FROM generate_series(1, :count)
              RETURNING id),
            effects AS (
              INSERT INTO <shard>.effect (media_id, kind, state)
              SELECT id, kind, CASE kind WHEN 0 THEN 2 ELSE 0 END FROM posted, (VALUES (0), (1)) AS k(kind))
            SELECT id FROM posted""";

    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Shards shards;
    private final MediaStore media;

    FanOutPosts(Shards shards) {
        this.shards = shards;
        this.media = new MediaStore(shards);
    }

    List<MediaId> post(UserId author, int count) {
        return shards.write(author.shard(), (handle, transaction) -> {
            List<MediaId> posted = handle.createQuery(INSERT)
                    .bind("owner", author.value())
                    .bind("count", count)
                    .map((row, context) -> new MediaId(row.getLong(1)))
                    .list();
            posted.forEach(id -> transaction.enqueue(new FanOutMedia(id.value(), author.value())));
            return posted;
        });
    }

    /** Waits until all of them are in the feeds. */
    void awaitDelivered(List<MediaId> posted) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        List<MediaId> left = new ArrayList<>(posted);
        while (!left.isEmpty()) {
            while (!left.isEmpty() && isDelivered(left.get(left.size() - 1))) {
                left.remove(left.size() - 1);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(left.size() + " media are not in all feeds after " + LONGEST.toMinutes()
                        + " min: see 'darkroom status'");
            }
            if (!left.isEmpty()) {
                Pause.SLEEP.pause(LOOK);
            }
        }
    }

    private boolean isDelivered(MediaId id) {
        return media.deliveries(id).stream()
                .filter(effect -> effect.kind() == EffectKind.FEEDS)
                .map(Effect::state)
                .anyMatch(EffectState.DONE::equals);
    }
}
