package dev.darkroom.media.sweep;

import dev.darkroom.media.ObjectPage;
import dev.darkroom.media.PhotoAddress;
import dev.darkroom.media.PhotoKey;
import dev.darkroom.media.PhotoStorage;
import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes objects without a row: what an upload left behind whose transaction never came. A photo is stored first and its row
 * follows within seconds, so an object of more than a day without one will never get it. Objects whose key is not of our form
 * are left alone. Thread-safe; needs memory for one step, however many objects there are.
 */
public final class PhotoSweep {

    /** By the store's clock, which also says when an object was written. */
    static final Duration AGE = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(PhotoSweep.class);

    /** The most that S3 lists, and deletes, at once. */
    private static final int PAGE = 1_000;

    /** Pages in a step: one query and a few seconds. */
    private static final int PAGES = 10;

    private final Shards shards;
    private final PhotoStorage storage;
    private final PhotoRows rows;
    private final int page;
    private final int pages;

    public PhotoSweep(Shards shards, PhotoStorage storage) {
        this(shards, storage, PAGE, PAGES);
    }

    PhotoSweep(Shards shards, PhotoStorage storage, int page, int pages) {
        this.shards = shards;
        this.storage = storage;
        this.rows = new PhotoRows(shards);
        this.page = page;
        this.pages = pages;
    }

    /** The folders of all shards. */
    public List<String> folders() {
        return shards.all().stream().flatMap(PhotoSweep::folders).toList();
    }

    private static Stream<String> folders(ShardId shard) {
        return PhotoAddress.folders(shard).stream();
    }

    /**
     * Looks at up to ten thousand objects of a folder.
     *
     * @param after the last object that was looked at before; null to begin
     * @return the last object of this step, after which to go on; empty at the end of the folder
     */
    public Optional<String> step(String folder, @Nullable String after) {
        Map<String, PhotoAddress> old = new HashMap<>();
        String last = after;
        boolean more = true;
        for (int i = 0; i < pages && more; i++) {
            ObjectPage listed = storage.list(folder, last, page);
            Instant youngest = listed.storeTime().minus(AGE);
            for (ObjectPage.Entry entry : listed.entries()) {
                last = entry.key();
                if (entry.writtenAt().isBefore(youngest)) {
                    PhotoAddress.parse(entry.key()).ifPresent(address -> old.put(entry.key(), address));
                }
            }
            more = listed.more();
        }
        removeThoseWithoutRow(folder, old);
        return more ? Optional.ofNullable(last) : Optional.empty();
    }

    private void removeThoseWithoutRow(String folder, Map<String, PhotoAddress> old) {
        if (old.isEmpty()) {
            return;
        }
        ShardId shard = old.values().iterator().next().shard();
        Set<PhotoKey> known =
                rows.known(shard, old.values().stream().map(PhotoAddress::key).collect(Collectors.toSet()));
        if (known.isEmpty() && !rows.hasAny(shard)) {
            LOG.warn(
                    "{} holds no media at all, so the {} objects in {} are left alone: if they are another system's, give"
                            + " this one a bucket of its own",
                    shard,
                    old.size(),
                    folder);
            return;
        }
        List<String> unwanted = new ArrayList<>();
        Set<PhotoKey> photos = new HashSet<>();
        old.forEach((key, address) -> {
            if (!known.contains(address.key())) {
                unwanted.add(key);
                photos.add(address.key());
            }
        });
        for (int begin = 0; begin < unwanted.size(); begin += PAGE) {
            storage.deleteAll(unwanted.subList(begin, Math.min(begin + PAGE, unwanted.size())));
        }
        if (!unwanted.isEmpty()) {
            LOG.info("Removed {} objects of {} photos without a row from {}", unwanted.size(), photos.size(), folder);
        }
    }
}
