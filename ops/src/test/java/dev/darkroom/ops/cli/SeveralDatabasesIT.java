package dev.darkroom.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.follows.FollowStore;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.NewUser;
import dev.darkroom.users.UserBulk;
import dev.darkroom.users.UserId;
import dev.darkroom.users.Username;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A system whose users live in two PostgreSQL servers. */
@Tag("full")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class SeveralDatabasesIT {

    @TempDir
    private Path folder;

    private UpSystem system;

    @BeforeEach
    void prepare() {
        system = new UpSystem(folder);
    }

    @AfterEach
    void end() throws Exception {
        CommandLineProcess.run(
                folder, "down", "--data", system.partsFile().getParent().toString());
    }

    @Test
    void photos_and_follows_go_from_one_database_to_the_other_and_survive_a_restart() throws Exception {
        system.up("--databases", "2");
        assertThat(system.parts()).contains("postgres", "postgres-2", "maintenance-1");
        UserId inFirst;
        UserId inSecond;
        try (Shards shards = system.shards(new JobTypes(List.of()))) {
            List<UserId> users = users(shards);
            inFirst = users.get(3);
            inSecond = users.get(12);
            assertThat(shards.databaseOf(inFirst.shard()).number()).isEqualTo(1);
            assertThat(shards.databaseOf(inSecond.shard()).number()).isEqualTo(2);
        }
        String first = system.token(inFirst);
        String second = system.token(inSecond);
        system.follow(first, inSecond);
        system.follow(second, inFirst);
        awaitFollowers(inFirst, inSecond);
        String ofFirst = system.post(first);
        String ofSecond = system.post(second);
        system.awaitFeed(first, ofFirst, ofSecond);
        system.awaitFeed(second, ofFirst, ofSecond);
        assertBothLedgersAreRelayed();
        maintenanceIsDone();

        system.down();
        assertThat(system.refusal("--databases", "1")).contains("has 2 databases and was given 1");
        system.up();
        assertThat(system.parts()).contains("postgres", "postgres-2");
        system.awaitFeed(first, ofFirst, ofSecond);
        String later = system.post(second);
        system.awaitFeed(first, ofFirst, ofSecond, later);
    }

    /** As their schedules have it done. */
    private void maintenanceIsDone() throws Exception {
        Path abandoned =
                system.partsFile().resolveSibling("s3/darkroom-photos/originals/0003/0123456789abcdef0123456789abcdef");
        Files.createDirectories(abandoned.getParent());
        Files.write(abandoned, new byte[1]);
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(2, ChronoUnit.DAYS)));
        try (Shards shards = system.shards(new JobTypes(List.of()))) {
            shards.directory().with(handle -> handle.execute("""
                    INSERT INTO directory.account_name (username, user_id, state, reserved_at)
                    VALUES ('stopped', 3072, 'reserved', clock_timestamp() - interval '1 hour')"""));
            system.run("schedules", "run-now", "users.finish-sign-ups");
            system.run("schedules", "run-now", "photos.sweep");
            UpSystem.await(
                    "the name is given back",
                    () -> shards.directory()
                            .with(handle -> handle.createQuery(
                                            "SELECT NOT EXISTS (SELECT 1 FROM directory.account_name WHERE username = 'stopped')")
                                    .mapTo(Boolean.class)
                                    .one()));
        }
        UpSystem.await("the photo is removed", () -> Files.notExists(abandoned));
    }

    /** One in each logical shard, in their order. */
    static List<UserId> users(Shards shards) {
        return new UserBulk(shards)
                .load(IntStream.range(0, 16)
                        .mapToObj(number -> new NewUser(new Username("user" + number), null))
                        .iterator());
    }

    private void awaitFollowers(UserId one, UserId other) throws InterruptedException {
        try (Shards shards = system.shards(new JobTypes(List.of()))) {
            FollowStore follows = new FollowStore(shards);
            UpSystem.await(
                    "both edges are mirrored",
                    () -> follows.followersAfter(one, 0, 1).contains(other)
                            && follows.followersAfter(other, 0, 1).contains(one));
        }
    }

    private void assertBothLedgersAreRelayed() throws Exception {
        try (Shards shards = system.shards(new JobTypes(List.of()))) {
            for (PhysicalDatabase database : shards.databases()) {
                UpSystem.await(database + " has done its jobs", () -> number(database, """
                        SELECT (SELECT count(*) FROM jobs.job WHERE marks & 64 = 0) + (SELECT count(*) FROM jobs.failed_job)""") == 0);
                assertThat(number(database, "SELECT count(holder) FROM jobs.relay"))
                        .isEqualTo(1);
                UpSystem.await(
                        database + " has counted them",
                        () -> number(database, "SELECT coalesce(sum(done), 0) FROM jobs.worker_count") >= 3);
            }
        }
    }

    private static long number(PhysicalDatabase database, String query) {
        try (Connection connection = database.source().getConnection();
                ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
