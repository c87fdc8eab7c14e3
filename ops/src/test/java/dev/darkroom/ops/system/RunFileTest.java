package dev.darkroom.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {

    @TempDir
    private Path folder;

    private DataFolder data() {
        return new DataFolder(folder);
    }

    @Test
    void shows_each_part_as_it_becomes_known() throws IOException {
        RunFile file = new RunFile(data());
        long self = ProcessHandle.current().pid();
        file.process("up", self);
        file.addresses(Map.of("gearman", "127.0.0.1:4730"));
        file.accounts(new RunState.Client("c", "s"), new RunState.DemoUser("7", "7.c.t", "8"));
        file.apiAt("http://127.0.0.1:8080");

        JsonNode json = new ObjectMapper().readTree(folder.resolve("run.json").toFile());

        assertThat(json.get("api").asText()).isEqualTo("http://127.0.0.1:8080");
        assertThat(json.get("console").isNull()).isTrue();
        assertThat(json.at("/client/secret").asText()).isEqualTo("s");
        assertThat(json.at("/demo_user/access_token").asText()).isEqualTo("7.c.t");
        assertThat(json.at("/demo_user/other_user_id").asText()).isEqualTo("8");
        assertThat(json.at("/parts/gearman").asText()).isEqualTo("127.0.0.1:4730");
        assertThat(json.at("/pids/up").asLong()).isEqualTo(self);
        assertThat(RunFile.read(data())).contains(file.state());
    }

    @Test
    void can_be_read_by_its_owner_only_and_leaves_nothing_else_behind() throws IOException {
        new RunFile(data()).process("up", 1);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run.json"))))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("run.json"));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void stays_deleted() throws IOException {
        RunFile file = new RunFile(data());
        file.process("up", 1);
        file.delete();
        file.process("late", 2);

        assertThat(RunFile.read(data())).isEmpty();
    }

    @Test
    void says_what_to_do_when_it_is_damaged() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{");

        assertThatThrownBy(() -> RunFile.read(data()))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("delete it");
    }
}
