package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedBinariesTest {

    private static final String RESOURCE = "logback-test.xml";

    @TempDir
    private Path cache;

    @Test
    void two_that_unpack_at_once_get_the_same_complete_folder() throws Exception {
        CyclicBarrier bothUnpacked = new CyclicBarrier(2);
        Callable<Path> unpack = () -> new UnpackedBinaries(cache).folderOf(RESOURCE, "program", (packed, folder) -> {
            Files.copy(packed, folder.resolve("file"));
            await(bothUnpacked);
        });
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Path>> folders = threads.invokeAll(List.of(unpack, unpack));
            assertThat(folders.get(0).get()).isEqualTo(folders.get(1).get());
            assertThat(folders.get(0).get().resolve("file")).isNotEmptyFile();
        } finally {
            threads.shutdown();
        }
        assertThat(cache.toFile().list()).hasSize(1);
    }

    @Test
    void what_is_unpacked_already_is_used_as_it_is() {
        UnpackedBinaries binaries = new UnpackedBinaries(cache);
        Path first = binaries.folderOf(RESOURCE, "program", (packed, folder) -> {});
        Path second = binaries.folderOf(RESOURCE, "program", (packed, folder) -> {
            throw new AssertionError("unpacked twice");
        });
        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_folder_half_unpacked_by_a_dead_process_is_removed() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path leftover = Files.createDirectory(cache.resolve("program-1.unpacking-" + dead.pid() + "-77"));
        new UnpackedBinaries(cache).folderOf(RESOURCE, "program", (packed, folder) -> {});
        assertThat(leftover).doesNotExist();
    }

    @Test
    void says_how_much_space_is_missing() {
        assertThatThrownBy(() -> Failures.requireFreeSpace(cache, Long.MAX_VALUE, "unpacking"))
                .hasMessageContaining(cache.toString())
                .hasMessageContaining("MB left")
                .hasMessageContaining("free some space");
    }

    @Test
    void says_that_nothing_is_bundled_for_this_system() {
        assertThatThrownBy(() -> new UnpackedBinaries(cache)
                        .folderOf("postgres-plan9.txz", "postgresql", (packed, folder) -> {}))
                .hasMessageContaining("postgres-plan9.txz")
                .hasMessageContaining("install the server");
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
