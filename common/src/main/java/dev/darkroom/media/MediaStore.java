package dev.darkroom.media;

import dev.darkroom.jobs.CompletionWrite;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of media and of their effects. What writes also enqueues the job that belongs to it, in the same transaction. Who
 * may see a media is for the caller to decide. Thread-safe.
 */
public final class MediaStore {

    private final MediaWrites writes;
    private final MediaReads reads;
    private final RecentMedia recent;

    public MediaStore(Shards shards) {
        this.reads = new MediaReads(shards);
        this.writes = new MediaWrites(shards, reads);
        this.recent = new RecentMedia(shards);
    }

    /**
     * Writes a media, its waiting effects, its owner's count and the {@link RenderMedia} job in one transaction of three round
     * trips: all the rows, the job, the commit.
     *
     * @return the media; if the owner has posted with this idempotency key before, what was posted then, unchanged and with
     *     no further job: its photo key differs from the one given here
     */
    public Media post(NewMedia media) {
        return writes.post(media);
    }

    /**
     * Marks a media as deleted and enqueues {@link DeleteMedia}. Three round trips.
     *
     * @return false if there is no such media of this owner, or no more
     */
    public boolean delete(UserId owner, MediaId media) {
        return writes.delete(owner, media);
    }

    /** In any state, but not deleted. One round trip. */
    public Optional<Media> find(MediaId id) {
        return reads.find(id);
    }

    /** Deleted ones too: for the clean-up. One round trip. */
    public Optional<Media> findEvenDeleted(MediaId id) {
        return reads.findEvenDeleted(id);
    }

    /** Those that exist, by id. One round trip for each physical database that holds any of them. */
    public Map<MediaId, Media> findAll(Collection<MediaId> ids) {
        return reads.findAll(ids);
    }

    /** The ready media of an account, newest first. One round trip. */
    public List<Media> recentOf(UserId owner, MediaRange range) {
        return recent.of(owner, range, false);
    }

    /** As the owner sees them: those being processed and those refused too. */
    public List<Media> recentOfOwn(UserId owner, MediaRange range) {
        return recent.of(owner, range, true);
    }

    /** The newest ready media of all these accounts together, newest first. One round trip for each physical database. */
    public List<MediaId> recentIdsOf(Collection<UserId> owners, int limit) {
        return recent.idsOf(owners, Long.MAX_VALUE, limit);
    }

    /** As {@link #recentIdsOf}, but only media older than an id. */
    public List<MediaId> olderIdsOf(Collection<UserId> owners, long below, int limit) {
        return recent.idsOf(owners, below, limit);
    }

    /** How far each effect of a media is, in the order of their kinds. One round trip. */
    public List<Effect> deliveries(MediaId id) {
        return reads.deliveries(id);
    }

    /** Makes a media visible, and its {@link EffectKind#RENDERED} done; nothing if it is no longer being processed. */
    public static CompletionWrite markReady(MediaId id) {
        return transaction -> Effects.writeReady(transaction.connection(), id);
    }

    /**
     * Refuses a media for good: its effects that are not done fail. Nothing if it is no longer being processed.
     *
     * @param reason for the owner: what is wrong with the photo and what to do
     */
    public static CompletionWrite markRefused(MediaId id, String reason) {
        return transaction -> Effects.writeRefused(transaction.connection(), id, reason);
    }
}
