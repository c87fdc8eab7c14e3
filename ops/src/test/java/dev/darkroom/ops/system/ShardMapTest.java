package dev.darkroom.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardMapTest {

    @TempDir
    private Path folder;

    private DataFolder data;

    @BeforeEach
    void prepare() {
        data = new DataFolder(folder);
        data.prepare();
    }

    @Test
    void a_first_start_spreads_the_shards_evenly() {
        assertThat(ShardMap.of(data, embedded(0)).shards()).isEqualTo(Map.of(1, List.of("0-15")));
        assertThat(ShardMap.of(data, embedded(3)).shards())
                .isEqualTo(Map.of(1, List.of("0-4"), 2, List.of("5-9"), 3, List.of("10-15")));
        assertThat(ShardMap.of(data, given(2)).shards()).isEqualTo(Map.of(1, List.of("0-7"), 2, List.of("8-15")));
        assertThat(ShardMap.evenly(16).shards().get(16)).containsExactly("15");
    }

    @Test
    void later_starts_keep_what_is_in_the_parts_file() throws IOException {
        write(ShardMap.evenly(2));
        String text = Files.readString(data.partsFile());
        Files.writeString(data.partsFile(), text.replace("[0-7]", "[0-2, 4-7]").replace("[8-15]", "[3, 8-15]"));

        ShardMap kept = ShardMap.of(data, embedded(0));

        assertThat(kept.shards()).isEqualTo(Map.of(1, List.of("0-2", "4-7"), 2, List.of("3", "8-15")));
        write(kept);
        assertThat(ShardMap.of(data, given(2))).isEqualTo(kept);
    }

    @Test
    void a_further_database_begins_without_shards() throws IOException {
        write(ShardMap.evenly(1));

        assertThat(ShardMap.of(data, embedded(2)).shards()).isEqualTo(Map.of(1, List.of("0-15"), 2, List.of()));
    }

    @Test
    void databases_do_not_get_fewer_by_leaving_one_out() throws IOException {
        write(ShardMap.evenly(2));

        for (UpOptions options : List.of(embedded(1), given(1))) {
            assertThatThrownBy(() -> ShardMap.of(data, options))
                    .isInstanceOf(OpsException.class)
                    .hasMessageContainingAll("has 2 databases", "move-a-shard.md");
        }
    }

    @Test
    void a_parts_file_that_cannot_be_read_is_not_overwritten() throws IOException {
        Files.writeString(data.partsFile(), "databases: [");

        assertThatThrownBy(() -> ShardMap.of(data, embedded(0)))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("put the file right, or delete it");
    }

    private void write(ShardMap map) {
        Secrets secrets = new Secrets(data);
        secrets.own(S3Server.SECRET);
        TreeMap<Integer, PostgresServer> postgres = new TreeMap<>();
        map.numbers().forEach(number -> postgres.put(number, PostgresServer.parse("db-" + number + ":5432")));
        Servers servers =
                new Servers(List.of(Address.loopback(4730)), postgres, Address.loopback(6379), S3Server.embedded(9000));
        new PartsFile(data, servers, map, secrets).write(data.partsFile(), 4);
    }

    private UpOptions embedded(int databases) {
        return new UpOptions(data, 0, databases, new UpOptions.Given(null, List.of(), null, null));
    }

    private UpOptions given(int servers) {
        return new UpOptions(
                data, 0, 0, new UpOptions.Given(null, Collections.nCopies(servers, "db:5432"), null, null));
    }
}
