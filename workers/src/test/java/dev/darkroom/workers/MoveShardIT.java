package dev.darkroom.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.catalogue.JobCatalogue;
import dev.darkroom.config.DatabaseConfiguration;
import dev.darkroom.config.GearmanConfiguration;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.config.S3Configuration;
import dev.darkroom.config.Secret;
import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.feeds.DeliverMedia;
import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.feeds.FannedOut;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.NewFlow;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaState;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.RenderMedia;
import dev.darkroom.media.TestMedia;
import dev.darkroom.shards.MovedJobs;
import dev.darkroom.shards.Shards;
import dev.darkroom.shards.schema.MisplacedShardsException;
import dev.darkroom.shards.schema.SchemaMigration;
import dev.darkroom.testing.DebianServers;
import dev.darkroom.testing.Runbook;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/runbook/move-a-shard.md says, on two PostgreSQL servers, with the commands as they stand there. */
class MoveShardIT {

    @TempDir
    private Path folder;

    private EmbeddedPostgres first;
    private EmbeddedPostgres second;
    private Runbook runbook;
    private UserId moving;
    private UserId staying;

    @BeforeEach
    void start() {
        Path binaries = DebianServers.require(DebianServers.postgresBinaries(), "postgresql");
        DebianServers.require(DebianServers.postgresClients(), "postgresql-client");
        first = EmbeddedPostgres.builder(folder.resolve("first"))
                .binaries(binaries)
                .start();
        second = EmbeddedPostgres.builder(folder.resolve("second"))
                .binaries(binaries)
                .start();
        List.of("directory", "photos").forEach(first::createDatabaseIfMissing);
        second.createDatabaseIfMissing("photos");
        runbook = Runbook.of(
                "move-a-shard.md",
                folder,
                Map.of("OLD", address(first), "NEW", address(second), "SHARD", "shard_0001"));
    }

    @AfterEach
    void stop() {
        List.of(first, second).forEach(EmbeddedPostgres::stop);
    }

    @Test
    void a_shard_is_moved_its_users_go_on_and_a_job_that_waited_follows_it() throws Exception {
        PartsConfiguration before = parts(List.of("0-1"), List.of("2-3"));
        SchemaMigration.migrate(before);
        MediaId ready;
        MediaId waiting;
        JobId job;
        try (Shards shards = open(before)) {
            List<UserId> users = TestUsers.make(shards, 4);
            moving = users.get(1);
            staying = users.get(3);
            FollowStore follows = new FollowStore(shards);
            follows.follow(staying, moving);
            follows.applyMirror(staying, moving);
            ready = TestMedia.ready(shards, moving);
            waiting = new MediaStore(shards).post(TestMedia.of(moving)).id();
            job = new JobId(jobOf(shards, waiting, 1));

            whileChunksAreDeliveredTheShardStaysOpen(shards, ready);
            runbook.run("## 1.");
            assertThatThrownBy(() -> new MediaStore(shards).post(TestMedia.of(moving)))
                    .hasMessageContaining("shard_0001");
            assertThat(new MediaStore(shards).post(TestMedia.of(staying))).isNotNull();
        }
        runbook.run("## 2.");
        assertThat(runbook.run("## 3.")).isEmpty();

        assertThatThrownBy(() -> SchemaMigration.migrate(before))
                .isInstanceOf(MisplacedShardsException.class)
                .hasMessageContaining("shards 1 are configured for database 1 and are in database 2");
        PartsConfiguration after = parts(List.of("0"), List.of("1-3"));
        SchemaMigration.migrate(after);
        try (Shards shards = open(after)) {
            MediaStore media = new MediaStore(shards);
            assertThat(new UserStore(shards).find(moving)).isPresent();
            assertThat(new FollowStore(shards).followersAfter(moving, 0, 9)).containsExactly(staying);
            assertThat(media.find(ready).orElseThrow().state()).isEqualTo(MediaState.READY);

            run(shards, waiting, job);
            assertThat(media.find(waiting).orElseThrow().state())
                    .as("where it waited nothing may be written")
                    .isEqualTo(MediaState.PROCESSING);
            run(shards, waiting, new JobId(jobOf(shards, waiting, 2)));
            assertThat(media.find(waiting).orElseThrow().state()).isEqualTo(MediaState.READY);

            MediaId later = media.post(TestMedia.of(moving)).id();
            assertThat(later.value()).isGreaterThan(waiting.value());
            assertThat(later.shard()).isEqualTo(moving.shard());
            runbook.run("## 5.");
            assertThat(media.find(later)).isPresent();
        }
        SchemaMigration.migrate(after);
    }

    /** What counts them is in the ledger where they wait. */
    private void whileChunksAreDeliveredTheShardStaysOpen(Shards shards, MediaId media) throws Exception {
        DeliverMedia chunk = new DeliverMedia(media.value(), moving.value(), 0, staying.value(), 1, 1);
        shards.ledger(1)
                .inTransaction(transaction -> transaction.enqueueFlow(new NewFlow(
                        List.of(NewJob.after(Duration.ofHours(1), chunk)),
                        FannedOut.of(new FanOutMedia(media.value(), moving.value())))));

        assertThatThrownBy(() -> runbook.run("## 1."))
                .hasMessageContaining("Photos of shard_0001 are still being brought to followers");
        assertThat(new MediaStore(shards).find(media)).isPresent();

        try (var connection = shards.database(1).source().getConnection()) {
            connection.createStatement().execute("""
                    WITH chunks AS (DELETE FROM jobs.later_job WHERE type = 'feed.deliver' RETURNING flow_id)
                    UPDATE jobs.flow SET ended_at = clock_timestamp() WHERE id IN (SELECT flow_id FROM chunks)""");
        }
    }

    /** Runs the job as a worker does, and commits what it writes in the ledger that the job is in. */
    private static void run(Shards shards, MediaId media, JobId job) throws Exception {
        AtHome<RenderMedia> handler = new AtHome<>(
                new MovedJobs(shards),
                RenderMedia::mediaId,
                (render, context) -> Outcome.done().writing(MediaStore.markReady(new MediaId(render.mediaId()))));
        Outcome.Done done =
                (Outcome.Done) handler.handle(new RenderMedia(media.value(), media.value()), new JobContext(job, 0, 0));
        shards.ledger(job.database()).inTransaction(transaction -> {
            for (var write : done.writes()) {
                write.write(transaction);
            }
            return done;
        });
    }

    /** The number of the job to render a media, in the ledger of a database. */
    private static long jobOf(Shards shards, MediaId media, int database) throws Exception {
        try (var connection = shards.database(database).source().getConnection();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT id FROM jobs.job WHERE convert_from(args, 'UTF8') LIKE '%" + media.value()
                                + "%'")) {
            assertThat(row.next())
                    .as("a job for " + media + " in database " + database)
                    .isTrue();
            return row.getLong(1);
        }
    }

    private static Shards open(PartsConfiguration parts) {
        return Shards.open(parts, JobCatalogue.all(), DirectSubmission.NONE);
    }

    private PartsConfiguration parts(List<String> inFirst, List<String> inSecond) {
        return new PartsConfiguration(
                new GearmanConfiguration(List.of("127.0.0.1:1")),
                database(first, "directory"),
                List.of(
                        new PhysicalDatabaseConfiguration(1, inFirst, database(first, "photos")),
                        new PhysicalDatabaseConfiguration(2, inSecond, database(second, "photos"))),
                new RedisConfiguration(List.of("127.0.0.1:1"), 0),
                new S3Configuration(
                        URI.create("http://127.0.0.1:1"), "us-east-1", "photos", "key", Secret.of("secret"), null));
    }

    private static DatabaseConfiguration database(EmbeddedPostgres server, String name) {
        return new DatabaseConfiguration(server.jdbcUrl(name), EmbeddedPostgres.USER, null, 4);
    }

    private static String address(EmbeddedPostgres server) {
        return "postgres://" + EmbeddedPostgres.USER + "@127.0.0.1:" + server.port() + "/photos";
    }
}
