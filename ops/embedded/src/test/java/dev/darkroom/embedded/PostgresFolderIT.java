package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresFolderIT {

    private static final long NOBODY = 65_534;

    @TempDir
    private Path folder;

    @Test
    void a_folder_of_another_major_version_is_refused() throws Exception {
        Files.writeString(folder.resolve("PG_VERSION"), "9\n");
        assertRefused().hasMessageContaining("made by PostgreSQL 9").hasMessageContaining("pg_dumpall");
    }

    @Test
    void a_folder_that_holds_something_else_is_refused() throws Exception {
        Files.writeString(folder.resolve("holiday.jpg"), "");
        assertRefused().hasMessageContaining("holds no PostgreSQL data");
        assertThat(folder.resolve("holiday.jpg")).exists();
    }

    @Test
    void a_damaged_folder_is_named_in_one_line() throws Exception {
        EmbeddedPostgresIT.quick(folder).start().stop();
        Files.delete(folder.resolve("global/pg_control"));
        assertRefused().hasMessageContaining(folder + " is damaged").hasMessageContaining("backup");
    }

    @Test
    void a_stale_pid_file_is_no_obstacle_even_if_its_pid_lives_again() throws Exception {
        EmbeddedPostgresIT.quick(folder).start().stop();
        long living = ProcessHandle.current().pid();
        Files.write(
                folder.resolve("postmaster.pid"),
                List.of("" + living, folder.toString(), "1700000000", "5432", "", "127.0.0.1", "0 0", "ready   "));
        EmbeddedPostgresIT.quick(folder).start().stop();
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void an_initialisation_that_was_cut_short_is_begun_anew() throws Exception {
        Path data = folder.resolve("pg");
        Files.createDirectories(folder.resolve("pg.initdb/base"));
        Files.writeString(folder.resolve("pg.initdb/PG_VERSION"), "18\n");
        try (EmbeddedPostgres postgres = EmbeddedPostgresIT.quick(data).start()) {
            assertThat(EmbeddedPostgresIT.query(postgres.jdbcUrl("postgres"), "SELECT 1"))
                    .isEqualTo("1");
        }
        assertThat(folder.resolve("pg.initdb")).doesNotExist();
    }

    @Test
    void a_setting_that_does_not_exist_is_named() {
        assertThatThrownBy(() -> EmbeddedPostgresIT.quick(folder)
                        .setting("colour", "blue")
                        .start())
                .hasMessageContaining("a setting it does not know")
                .hasStackTraceContaining("\"colour\"");
    }

    @Test
    void started_by_root_the_server_runs_as_the_owner_of_its_folder() throws Exception {
        assumeTrue(Platform.userId() == 0, "root only");
        Path data = Files.createDirectory(folder.resolve("pg"));
        Files.setAttribute(data, "unix:uid", (int) NOBODY);
        try (EmbeddedPostgres postgres = EmbeddedPostgresIT.quick(data).start()) {
            assertThat(Files.getAttribute(Path.of("/proc/" + postgres.pid()), "unix:uid"))
                    .isEqualTo((int) NOBODY);
            assertThat(EmbeddedPostgresIT.query(postgres.jdbcUrl("postgres"), "SELECT 1"))
                    .isEqualTo("1");
        }
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused() {
        return assertThatThrownBy(() -> EmbeddedPostgresIT.quick(folder).start())
                .isInstanceOf(EmbeddedServerException.class);
    }
}
