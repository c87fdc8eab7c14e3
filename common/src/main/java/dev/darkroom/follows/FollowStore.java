package dev.darkroom.follows;

import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who follows, asks to follow, or blocks whom. The follower's shard holds the truth about an edge, with a version; the followee's shard holds a copy,
 * which a {@link MirrorFollow} brings up to date. Thread-safe.
 */
public final class FollowStore {

    private final Shards shards;
    private final UserStore users;
    private final Counterparts counterparts;
    private final EdgeWrites writes;
    private final EdgeMirror mirror;
    private final EdgeReads reads;

    public FollowStore(Shards shards) {
        this.shards = shards;
        this.users = new UserStore(shards);
        this.counterparts = new Counterparts(shards);
        this.writes = new EdgeWrites(shards);
        this.mirror = new EdgeMirror(shards, writes);
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
        return counterparts
                .find(follower, followee)
                .map(target -> follow(follower, target))
                .orElse(FollowAnswer.UNKNOWN_USER);
    }

    /** The second half: between the two anything may happen. */
    FollowAnswer follow(UserId follower, Counterpart target) {
        if (target.blocksViewer()) {
            return FollowAnswer.BLOCKED;
        }
        if (writes.follow(follower, target)) {
            return FollowAnswer.CHANGED;
        }
        boolean blocking = reads.relationship(follower, target.user().id()).outgoing() == FollowState.BLOCKS;
        return blocking ? FollowAnswer.BLOCKING : FollowAnswer.UNCHANGED;
    }

    /** Ends following, or a request to. Three round trips; the last two only if anything changes. */
    public FollowAnswer unfollow(UserId follower, UserId followee) {
        if (follower.equals(followee)) {
            return FollowAnswer.ONESELF;
        }
        return writes.unfollow(follower, followee) ? FollowAnswer.CHANGED : FollowAnswer.UNCHANGED;
    }

    /**
     * Blocks an account, which from then on sees nothing of whoever blocks it. Ends following on both sides: the blocker's with
     * this transaction, the other's with the job that comes with it, if not before by {@link #unblock}. Three round trips.
     */
    public FollowAnswer block(UserId blocker, UserId blocked) {
        return between(blocker, blocked, () -> writes.block(blocker, blocked));
    }

    /**
     * Ends a block. What was followed before it stays ended: that is made certain first, as until then a follow of before may
     * be waiting for its job. Up to ten round trips.
     */
    public FollowAnswer unblock(UserId blocker, UserId blocked) {
        return between(
                blocker,
                blocked,
                () -> mirror.source(blocker, blocked)
                        .filter(edge -> edge.state() == FollowState.BLOCKS)
                        .map(edge -> {
                            writes.sever(blocked, blocker, edge.blocks());
                            mirror.apply(blocked, blocker);
                            return writes.unblock(blocker, blocked, edge.blocks());
                        })
                        .orElse(false));
    }

    /**
     * Grants a request. The followee's own side, which decides what is shown to the followee, has it when this returns. Five
     * round trips; nothing changes if there is no such request.
     */
    public FollowAnswer approve(UserId followee, UserId follower) {
        return between(followee, follower, () -> mirrored(follower, followee, writes.approve(follower, followee)));
    }

    /** Refuses a request; otherwise like {@link #approve}. */
    public FollowAnswer ignore(UserId followee, UserId follower) {
        return between(followee, follower, () -> mirrored(follower, followee, writes.ignore(follower, followee)));
    }

    private boolean mirrored(UserId follower, UserId followee, boolean changed) {
        mirror.apply(follower, followee);
        return changed;
    }

    private FollowAnswer between(UserId one, UserId other, BooleanSupplier change) {
        if (one.equals(other)) {
            return FollowAnswer.ONESELF;
        }
        if (!shards.has(other.shard())) {
            return FollowAnswer.UNKNOWN_USER;
        }
        return change.getAsBoolean() ? FollowAnswer.CHANGED : FollowAnswer.UNCHANGED;
    }

    /**
     * Copies an edge to the followee's shard if the copy there is older, and ends following that a block has made void. May be
     * repeated, and done in any order. Two round trips, each on its own shard; more after a block.
     *
     * @return what the edge is now, whether or not anything was copied
     */
    public FollowState applyMirror(UserId follower, UserId followee) {
        return mirror.apply(follower, followee);
    }

    /** An account, and whether it blocks the viewer. One round trip, on the account's shard. */
    public Optional<Counterpart> counterpart(UserId viewer, UserId id) {
        return counterparts.find(viewer, id);
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

    /** Who waits for an account to approve them, the newest accounts first; otherwise like {@link #follows}. */
    public Page<UserId> requestedBy(UserId user, @Nullable String cursor, int count) {
        return reads.requestedBy(user, cursor, count);
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
