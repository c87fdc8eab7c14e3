package dev.darkroom.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaState;
import dev.darkroom.media.MediaStore;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.DebianServers;
import dev.darkroom.testing.Runbook;
import dev.darkroom.users.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/runbook/move-a-shard.md says, done to a running system on two PostgreSQL servers. */
@Tag("full")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class UpMoveShardIT {

    private static final String SHARD = "shard_0003";

    @TempDir
    private Path folder;

    private EmbeddedPostgres first;
    private EmbeddedPostgres second;
    private UpSystem system;
    private Runbook runbook;

    @BeforeEach
    void start() throws Exception {
        Path binaries = DebianServers.require(DebianServers.postgresBinaries(), "postgresql");
        DebianServers.require(DebianServers.postgresClients(), "postgresql-client");
        first = EmbeddedPostgres.builder(folder.resolve("first"))
                .binaries(binaries)
                .start();
        second = EmbeddedPostgres.builder(folder.resolve("second"))
                .binaries(binaries)
                .start();
        system = new UpSystem(folder);
        runbook = Runbook.of(
                "move-a-shard.md", folder, Map.of("OLD", address(first, 1), "NEW", address(second, 2), "SHARD", SHARD));
        up();
    }

    @AfterEach
    void end() throws Exception {
        CommandLineProcess.run(
                folder, "down", "--data", system.partsFile().getParent().toString());
        for (EmbeddedPostgres server : List.of(first, second)) {
            if (server != null) {
                server.stop();
            }
        }
    }

    @Test
    void a_shard_is_moved_with_its_waiting_jobs_and_its_users_go_on() throws Exception {
        UserId moving;
        UserId staying;
        try (Shards shards = system.shards(new JobTypes(List.of()))) {
            List<UserId> users = SeveralDatabasesIT.users(shards);
            moving = users.get(3);
            staying = users.get(12);
        }
        String movingToken = system.token(moving);
        String stayingToken = system.token(staying);
        system.follow(stayingToken, moving);
        String before = system.post(movingToken);
        system.awaitFeed(stayingToken, before);
        String waiting = postUnrendered(movingToken);

        runbook.run("## 1.");
        assertThat(system.sendPhoto(movingToken).statusCode()).isGreaterThanOrEqualTo(500);
        String other = system.post(stayingToken);
        runbook.run("## 2.");
        assertThat(runbook.run("## 3.")).isEmpty();

        system.down();
        assertThat(system.refusal(servers()))
                .contains("shards 3 are configured for database 1 and are in database 2", "move-a-shard.md");
        changeTheMap();
        execute("UPDATE jobs.type_state SET paused = false");
        up();

        system.awaitFeed(stayingToken, before, waiting, other);
        assertThat(state(waiting)).isEqualTo(MediaState.READY);
        String after = system.post(movingToken);
        system.awaitFeed(stayingToken, before, waiting, other, after);
        assertThat(mediaId(after).value()).isGreaterThan(mediaId(waiting).value());
        assertThat(mediaId(after).shard().schema()).isEqualTo(SHARD);
        runbook.run("## 5.");
        system.awaitFeed(movingToken, before, waiting, after);
    }

    private void up() throws Exception {
        system.up(servers());
    }

    private String[] servers() {
        return new String[] {"--postgres", "127.0.0.1:" + first.port(), "--postgres", "127.0.0.1:" + second.port()};
    }

    /** Posts a photo that waits, in the ledger that the shard leaves, to be rendered. */
    private String postUnrendered(String token) throws Exception {
        execute("""
                INSERT INTO jobs.type_state (type, paused) VALUES ('media.render', true)
                ON CONFLICT (type) DO UPDATE SET paused = true, published_at = '-infinity'""");
        UpSystem.await(
                "the relay knows that rendering is paused",
                () -> count("SELECT count(*) FROM jobs.type_state WHERE type = 'media.render' AND NOT gate_open"
                                + " AND published_at > '-infinity'")
                        == 1);
        AtomicReference<String> posted = new AtomicReference<>();
        UpSystem.await("the API knows it too", () -> {
            posted.set(system.post(token));
            return count("SELECT count(*) FROM jobs.job WHERE type = 'media.render' AND leased_until IS NULL"
                            + " AND convert_from(args, 'UTF8') LIKE '%" + mediaId(posted.get()) + "%'")
                    == 1;
        });
        return posted.get();
    }

    private void execute(String statement) {
        try (Connection connection = DriverManager.getConnection(first.jdbcUrl("darkroom_1"))) {
            connection.createStatement().execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(String query) {
        try (Connection connection = DriverManager.getConnection(first.jdbcUrl("darkroom_1"));
                ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void changeTheMap() throws Exception {
        String map = Files.readString(system.partsFile());
        assertThat(map).contains("[0-7]", "[8-15]");
        Files.writeString(system.partsFile(), map.replace("[0-7]", "[0-2, 4-7]").replace("[8-15]", "[3, 8-15]"));
    }

    private MediaState state(String media) {
        try (Shards shards = system.shards(new JobTypes(List.of()))) {
            return new MediaStore(shards).find(mediaId(media)).map(Media::state).orElseThrow();
        }
    }

    private static MediaId mediaId(String media) {
        return new MediaId(Long.parseLong(media.substring(0, media.indexOf('_'))));
    }

    private static String address(EmbeddedPostgres server, int database) {
        return "postgres://postgres@127.0.0.1:" + server.port() + "/darkroom_" + database;
    }
}
