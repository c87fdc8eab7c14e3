package dev.darkroom.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.media.RenderMedia;
import dev.darkroom.shards.MovedJobs;
import dev.darkroom.shards.ShardId;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs of a shard that is in the second database, found in the ledger of the first. */
class AtHomeIT {

    private static final ShardId SHARD = new ShardId(2);
    private static final int RUNS = 6;

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(MediaJobs.all());

    private final List<RenderMedia> handled = new ArrayList<>();
    private final AtHome<RenderMedia> handler =
            new AtHome<>(new MovedJobs(SHARDS.shards()), RenderMedia::mediaId, (job, context) -> {
                handled.add(job);
                return Outcome.done();
            });

    @Test
    void a_job_goes_over_to_where_its_shard_is_and_is_done_there() throws Exception {
        RenderMedia job = job();

        assertThat(handler.handle(job, run(1 << JobId.DATABASE_BITS | 1))).isEqualTo(Outcome.done());
        assertThat(handled).isEmpty();
        List<Long> taken = waiting(job);
        assertThat(taken).hasSize(1);

        handler.handle(job, run(taken.get(0)));
        assertThat(handled).containsExactly(job);
    }

    @Test
    void a_job_that_is_run_again_because_its_worker_died_goes_over_once() throws Exception {
        RenderMedia job = job();
        CyclicBarrier start = new CyclicBarrier(RUNS);
        ExecutorService workers = Executors.newFixedThreadPool(RUNS);
        List<Future<Outcome>> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(workers.submit(() -> {
                start.await();
                return handler.handle(job, run(2 << JobId.DATABASE_BITS | 1));
            }));
        }
        for (Future<Outcome> each : runs) {
            assertThat(each.get()).isEqualTo(Outcome.done());
        }
        workers.shutdown();

        assertThat(waiting(job)).hasSize(1);
    }

    private static RenderMedia job() {
        UserId author = TestUsers.make(SHARDS.shards(), 3).get(2);
        return new RenderMedia(author.value(), author.value());
    }

    private static JobContext run(long id) {
        return new JobContext(new JobId(id), 0, 0);
    }

    /** The numbers that the job has in the ledger of its shard's database. */
    private static List<Long> waiting(RenderMedia job) {
        return SHARDS.shards()
                .read(
                        SHARD,
                        handle -> handle.createQuery("SELECT id FROM jobs.job WHERE args = :args")
                                .bind("args", MediaJobs.RENDER.codec().encode(job))
                                .mapTo(Long.class)
                                .list());
    }
}
