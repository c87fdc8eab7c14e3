package dev.darkroom.follows;

import dev.darkroom.shards.Shards;
import dev.darkroom.users.User;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who follows whom. The follower's shard holds the truth about an edge, with a version; the followee's shard holds a copy,
 * which a {@link MirrorFollow} brings up to date. Thread-safe.
 */
public final class FollowStore {

    private final UserStore users;
    private final EdgeWrites writes;
    private final EdgeMirror mirror;
    private final EdgeReads reads;

    public FollowStore(Shards shards) {
        this.users = new UserStore(shards);
        this.writes = new EdgeWrites(shards);
        this.mirror = new EdgeMirror(shards);
        this.reads = new EdgeReads(shards);
    }

    /**
     * Makes {@code follower} follow {@code followee}, or ask to if the account is private. Four round trips: the followee,
     * the edge with the follower's count, the job, the commit. The last two only if anything changes.
     */
    public FollowAnswer follow(UserId follower, UserId followee) {
        if (follower.equals(followee)) {
            return FollowAnswer.ONESELF;
        }
        Optional<User> target = users.find(followee);
        if (target.isEmpty()) {
            return FollowAnswer.UNKNOWN_USER;
        }
        FollowState wished = target.get().isPrivate() ? FollowState.REQUESTED : FollowState.FOLLOWS;
        return writes.follow(follower, followee, wished) ? FollowAnswer.CHANGED : FollowAnswer.UNCHANGED;
    }

    /** Ends following, or a request to. Three round trips; the last two only if anything changes. */
    public FollowAnswer unfollow(UserId follower, UserId followee) {
        if (follower.equals(followee)) {
            return FollowAnswer.ONESELF;
        }
        return writes.unfollow(follower, followee) ? FollowAnswer.CHANGED : FollowAnswer.UNCHANGED;
    }

    /**
     * Copies an edge to the followee's shard if the copy there is older. May be repeated, and done in any order. Two round
     * trips, each on its own shard.
     *
     * @return what the edge is now, whether or not anything was copied
     */
    public FollowState applyMirror(UserId follower, UserId followee) {
        return mirror.apply(follower, followee);
    }

    /** One round trip, on the viewer's shard. */
    public Relationship relationship(UserId viewer, UserId target) {
        return reads.relationship(viewer, target);
    }

    /** Of these accounts, those that the viewer follows. One round trip; as up to date as the viewer's own last action. */
    public Set<UserId> followedAmong(UserId viewer, Collection<UserId> candidates) {
        return reads.followedAmong(viewer, candidates);
    }

    /**
     * Whom an account follows, the newest accounts first.
     *
     * @param cursor from the page before; null for the first page
     * @throws InvalidCursorException if the cursor is none
     */
    public Page<UserId> follows(UserId user, @Nullable String cursor, int count) {
        return reads.follows(user, cursor, count);
    }

    /** Who follows an account, the newest accounts first; otherwise like {@link #follows}. */
    public Page<UserId> followedBy(UserId user, @Nullable String cursor, int count) {
        return reads.followedBy(user, cursor, count);
    }

    /** Whom an account follows, all of them, in the order of their ids. */
    public List<UserId> followeesOf(UserId user) {
        return reads.followeesOf(user);
    }

    /**
     * Followers of an author in the order of their ids.
     *
     * @param afterUserId only those with a larger id; 0 to begin with
     */
    public List<UserId> followersAfter(UserId author, long afterUserId, int limit) {
        return reads.followersAfter(author, afterUserId, limit);
    }

    /** Followers of an author whose ids are larger than {@code after} and at most {@code last}, in the order of their ids. */
    public List<UserId> followersBetween(UserId author, long after, long last) {
        return reads.followersBetween(author, after, last);
    }

    /**
     * Cuts the followers of an author, in the order of their ids, into chunks.
     *
     * @return the last follower of each chunk; all but the last chunk have {@code size} followers
     */
    public List<UserId> chunkEnds(UserId author, int size) {
        return reads.chunkEnds(author, size);
    }

    /** How many follow an account, from its counter. One round trip. */
    public long followerCount(UserId user) {
        return users.counts(user).followedBy();
    }
}
