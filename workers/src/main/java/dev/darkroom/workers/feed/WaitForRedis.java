package dev.darkroom.workers.feed;

import dev.darkroom.feeds.FeedStore;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisRetryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler whose jobs wait while Redis is away, and use no attempt for it: it is not the job's fault, and every job of a
 * feed would fare alike. Thread-safe.
 */
public final class WaitForRedis<J extends Job> implements JobHandler<J> {

    private static final Logger LOG = LoggerFactory.getLogger(WaitForRedis.class);

    private static final Duration FIRST = Duration.ofSeconds(1);

    /** After 1, 2, 4, 8 and 16 seconds: each try of a Redis that is away keeps a thread for seconds. */
    private static final int MOST_DOUBLINGS = 4;

    private final FeedStore feeds;
    private final JobHandler<J> handler;

    public WaitForRedis(FeedStore feeds, JobHandler<J> handler) {
        this.feeds = feeds;
        this.handler = handler;
    }

    @Override
    public Outcome handle(J job, JobContext context) throws Exception {
        try {
            return handler.handle(job, context);
        } catch (RuntimeException e) {
            RedisException failure = redisFailure(e);
            if (failure == null || !isAway(failure)) {
                throw e;
            }
            Duration wait = waitAfter(context.turn() - context.attempt());
            LOG.warn("Redis is away; the job waits for {} without using an attempt: {}", wait, failure.getMessage());
            return Outcome.snooze(wait);
        }
    }

    /** Of several calls that wait for one connection all but one fail with what is around it. */
    private static @Nullable RedisException redisFailure(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisException failure) {
                return failure;
            }
        }
        return null;
    }

    /** A Redis that answers and takes too long over one job's script is that job's affair. */
    private boolean isAway(RedisException e) {
        return e instanceof RedisConnectionException || e instanceof RedisRetryException || !feeds.isAnswering();
    }

    private static Duration waitAfter(int waits) {
        Duration longest = FIRST.multipliedBy(1L << Math.min(Math.max(0, waits), MOST_DOUBLINGS));
        // All are put off at the same moment: they shall not all come back at one.
        return longest.plusMillis(ThreadLocalRandom.current().nextLong(longest.toMillis() / 2));
    }
}
