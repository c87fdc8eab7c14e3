package dev.darkroom.follows;

import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The mirror jobs that wait in the ledgers of a test, to be run in any order, once or more often. */
public final class MirrorJobs {

    private static final String TAKE =
            "DELETE FROM jobs.job WHERE type = 'follow.mirror' AND leased_until IS NULL RETURNING id, args";

    private final Shards shards;

    public MirrorJobs(Shards shards) {
        this.shards = shards;
    }

    /** A job of one ledger. */
    record Waiting(PhysicalDatabase database, long id, MirrorFollow job) {

        UserId follower() {
            return new UserId(job.follower());
        }

        UserId followee() {
            return new UserId(job.followee());
        }
    }

    List<Waiting> waiting() {
        List<Waiting> all = new ArrayList<>();
        for (PhysicalDatabase database : shards.databases()) {
            all.addAll(shards.read(
                    database.shards().get(0),
                    handle -> handle.createQuery("SELECT id, args FROM jobs.job WHERE type = 'follow.mirror'")
                            .map((row, context) -> new Waiting(
                                    database,
                                    row.getLong("id"),
                                    FollowJobs.MIRROR.codec().decode(row.getBytes("args"))))
                            .list()));
        }
        return all;
    }

    void forget(Waiting waiting) {
        shards.read(
                waiting.database().shards().get(0),
                handle -> handle.execute("DELETE FROM jobs.job WHERE id = ?", waiting.id()));
    }

    /** Takes all that wait out of the ledgers. */
    public List<MirrorFollow> takeAll() {
        List<MirrorFollow> all = new ArrayList<>();
        for (PhysicalDatabase database : shards.databases()) {
            all.addAll(shards.read(
                    database.shards().get(0),
                    handle -> handle
                            .createQuery(TAKE)
                            .map((row, context) -> Map.entry(
                                    row.getLong("id"), FollowJobs.MIRROR.codec().decode(row.getBytes("args"))))
                            .stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(Map.Entry::getValue)
                            .toList()));
        }
        return all;
    }

    /** What other tests have left. */
    public void forgetAll() {
        waiting().forEach(this::forget);
    }

    /** Runs jobs in a random order until there are none, those too that come with others. */
    public void runAll(Random order) {
        FollowStore follows = new FollowStore(shards);
        List<Waiting> waiting = waiting();
        while (!waiting.isEmpty()) {
            Waiting next = waiting.get(order.nextInt(waiting.size()));
            follows.applyMirror(next.follower(), next.followee());
            forget(next);
            waiting = waiting();
        }
    }
}
