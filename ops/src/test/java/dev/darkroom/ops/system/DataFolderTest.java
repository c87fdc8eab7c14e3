package dev.darkroom.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path folder;

    @Test
    void a_file_in_the_place_of_the_folder_is_told_in_one_line() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new DataFolder(file).prepare())
                .isInstanceOf(OpsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data")
                .message()
                .hasLineCount(1);
    }

    @Test
    void a_second_start_on_the_folder_hears_who_holds_it() {
        DataFolder data = new DataFolder(folder);
        try (DataLock lock = DataLock.take(data)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> DataLock.take(data))
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("darkroom down");
        }
        DataLock.take(data).close();
    }

    @Test
    void a_secret_is_made_once() {
        Secrets secrets = new Secrets(new DataFolder(folder));

        assertThat(secrets.own("key")).hasSize(40).isEqualTo(secrets.own("key"));
    }
}
