package dev.darkroom.workers.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.config.S3Configuration;
import dev.darkroom.config.Secret;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.PhotoAddress;
import dev.darkroom.media.PhotoStorage;
import dev.darkroom.media.TestMedia;
import dev.darkroom.media.sweep.PhotoSweep;
import dev.darkroom.media.sweep.SweepJobs;
import dev.darkroom.media.sweep.SweepPhotos;
import dev.darkroom.shards.ShardId;
import dev.darkroom.testing.S3Extension;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.workers.Outcomes;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SweepPhotosHandlerIT {

    @RegisterExtension
    static final S3Extension S3 = new S3Extension();

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(MediaJobs.all());

    @Test
    void one_job_and_its_follow_ups_go_through_every_shard() throws Exception {
        try (PhotoStorage storage = storage()) {
            TestUsers.make(SHARDS.shards(), 4)
                    .forEach(user -> new MediaStore(SHARDS.shards()).post(TestMedia.of(user)));
            List<PhotoAddress> abandoned = SHARDS.shards().all().stream()
                    .map(SweepPhotosHandlerIT::address)
                    .toList();
            for (PhotoAddress each : abandoned) {
                storage.putOriginal(each, new ByteArrayInputStream(new byte[1]), 1, "image/png");
                S3.age(each.original(), Duration.ofHours(25));
            }

            int runs = runAll(new SweepPhotosHandler(new PhotoSweep(SHARDS.shards(), storage)));

            assertThat(runs)
                    .as("the job, and two folders of each of four shards")
                    .isEqualTo(9);
            assertThat(abandoned)
                    .allSatisfy(
                            each -> assertThat(storage.open(each.original())).isEmpty());
        }
    }

    private static int runAll(SweepPhotosHandler handler) {
        Deque<SweepPhotos> waiting = new ArrayDeque<>(List.of(SweepPhotos.everything()));
        int runs = 0;
        while (!waiting.isEmpty()) {
            SweepPhotos next = throughTheWire(waiting.remove());
            Outcome.Done done = (Outcome.Done) handler.handle(next, Outcomes.FIRST_RUN);
            done.followUps().stream()
                    .map(NewJob::job)
                    .map(SweepPhotosHandlerIT::sweep)
                    .forEach(waiting::add);
            runs++;
        }
        return runs;
    }

    private static SweepPhotos throughTheWire(SweepPhotos job) {
        return SweepJobs.SWEEP.codec().decode(SweepJobs.SWEEP.codec().encode(job));
    }

    private static SweepPhotos sweep(Job job) {
        return (SweepPhotos) job;
    }

    private static PhotoAddress address(ShardId shard) {
        return new PhotoAddress(shard, TestMedia.photo().key());
    }

    private static PhotoStorage storage() {
        return PhotoStorage.open(new S3Configuration(
                S3.endpoint(),
                "us-east-1",
                S3.bucket(),
                S3Extension.CREDENTIALS.accessKey(),
                Secret.of(S3Extension.CREDENTIALS.secretKey()),
                null));
    }
}
