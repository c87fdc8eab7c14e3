package dev.darkroom.media;

import dev.darkroom.jobs.CompletionWrite;
import dev.darkroom.shards.IdLayout;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Media for tests; their photos are in no store. */
public final class TestMedia {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TestMedia() {}

    public static NewMedia of(UserId owner) {
        return new NewMedia(owner, photo());
    }

    public static NewMedia withKey(UserId owner, @Nullable String idempotencyKey) {
        return new NewMedia(owner, photo(), null, null, List.of(), null, null, idempotencyKey);
    }

    public static StoredPhoto photo() {
        return new StoredPhoto(PhotoKey.random(RANDOM), "image/jpeg", 1024, 768);
    }

    /** Writes what a handler would have written on completing its job. */
    public static void complete(Shards shards, MediaId media, CompletionWrite write) {
        shards.databaseOf(media.shard()).ledger().inTransaction(transaction -> {
            write.write(transaction);
            return media;
        });
    }

    /** A media that everybody may see, older than any that is made after it, on whatever shard. */
    public static MediaId ready(Shards shards, UserId owner) {
        MediaId id = new MediaStore(shards).post(of(owner)).id();
        complete(shards, id, MediaStore.markReady(id));
        // Ids are ordered to the millisecond only.
        while (IdLayout.smallestIdOf(Instant.ofEpochMilli(System.currentTimeMillis())) <= id.value()) {
            Thread.onSpinWait();
        }
        return id;
    }
}
