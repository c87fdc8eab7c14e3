package dev.darkroom.jobs.limit;

import dev.darkroom.jobs.Rate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The share of every limit that belongs to one relay of several, kept in its memory: all shares together are the limit. Where
 * fewer jobs are allowed at a time than there are databases some have no share. Used by one thread.
 */
public final class OwnShare implements SharedPermits {

    /** Of more, the one that was not asked for longest is forgotten: most likely it is full again. */
    private static final int MOST_BUCKETS = 10_000;

    private final int place;
    private final int databases;
    private final LongSupplier nanoTime;

    /** In the order in which they were asked for last. */
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_BUCKETS;
        }
    };

    /**
     * The whole of every limit has a relay that is alone: place 0 of 1.
     *
     * @param place of the database among all, from 0
     */
    public OwnShare(int place, int databases) {
        this(place, databases, System::nanoTime);
    }

    OwnShare(int place, int databases, LongSupplier nanoTime) {
        if (place < 0 || place >= databases) {
            throw new IllegalArgumentException("There is no place " + place + " among " + databases + " databases");
        }
        this.place = place;
        this.databases = databases;
        this.nanoTime = nanoTime;
    }

    private static final class Bucket {
        private double tokens;
        private long filledAt;
    }

    @Override
    public List<Integer> claim(String relay, List<Claim> claims) {
        List<Integer> granted = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            Rate rate = claim.rate();
            granted.add(rate == null ? ofJobs(claim) : ofRate(claim.key(), rate, claim.wanted()));
        }
        return granted;
    }

    private int ofJobs(Claim claim) {
        int share = claim.most() / databases + (place < claim.most() % databases ? 1 : 0);
        return Math.max(0, Math.min(claim.wanted(), share - claim.held()));
    }

    private int ofRate(String key, Rate rate, int wanted) {
        Bucket bucket = filled(key, rate);
        int granted = (int) Math.min(wanted, Math.floor(bucket.tokens));
        bucket.tokens -= granted;
        return granted;
    }

    private Bucket filled(String key, Rate rate) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            bucket = new Bucket();
            // The first of all may go at once; a relay that comes back must not bring a burst each time.
            bucket.tokens = 1;
            bucket.filledAt = now;
            buckets.put(key, bucket);
        }
        double come = (now - bucket.filledAt) / 1e9 * rate.perSecond() / databases;
        bucket.tokens = Math.min(capacity(rate), bucket.tokens + come);
        bucket.filledAt = now;
        return bucket;
    }

    private double capacity(Rate rate) {
        return Math.max(1, (double) rate.burst() / databases);
    }

    @Override
    public void giveBack(String relay, List<Claim> unused) {
        for (Claim claim : unused) {
            Rate rate = claim.rate();
            Bucket bucket = buckets.get(claim.key());
            if (rate != null && bucket != null) {
                bucket.tokens = Math.min(capacity(rate), bucket.tokens + claim.wanted());
            }
        }
    }
}
