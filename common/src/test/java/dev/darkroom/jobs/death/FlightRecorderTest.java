package dev.darkroom.jobs.death;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.WorkerSelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecorderTest {

    /** Above what the kernel gives. */
    private static final long NO_PROCESS = 1L << 30;

    @TempDir
    private Path path;

    @Test
    void tells_what_was_begun_and_not_ended_in_a_process_that_is_gone() throws IOException {
        RunFolder folder = new RunFolder(path);
        FlightRecorder recorder = folder.recorder(self("feed.deliver@here:7", NO_PROCESS));
        FlightSlot first = recorder.slot();
        FlightSlot second = recorder.slot();
        first.begin(4711, 3, "feed.deliver");
        second.begin(5, 0, "feed.merge");
        second.end();
        second.begin(6, 1, "x");

        assertThat(folder.ofDeadProcesses()).singleElement().satisfies(flight -> {
            assertThat(flight.header().name()).isEqualTo("feed.deliver@here:7");
            assertThat(flight.header().host()).isEqualTo("here");
            assertThat(flight.running())
                    .containsExactly(new RunningJob(4711, 3, "feed.deliver"), new RunningJob(6, 1, "x"));
            assertThat(flight.stopping()).isFalse();
        });

        first.end();
        second.end();
        recorder.stopping();
        assertThat(folder.ofDeadProcesses()).singleElement().satisfies(flight -> {
            assertThat(flight.running()).isEmpty();
            assertThat(flight.stopping()).isTrue();
        });
    }

    @Test
    void a_process_that_runs_is_not_dead_and_an_orderly_end_leaves_nothing() throws IOException {
        RunFolder folder = new RunFolder(path);
        FlightRecorder recorder =
                folder.recorder(self("w", ProcessHandle.current().pid()));
        recorder.slot().begin(1, 0, "x");

        assertThat(folder.ofDeadProcesses()).isEmpty();
        recorder.close();
        assertThat(files()).isEmpty();
    }

    @Test
    void a_file_that_its_process_did_not_finish_is_passed_over() throws IOException {
        Files.write(path.resolve(NO_PROCESS + "-x.flight"), new byte[100]);

        assertThat(new RunFolder(path).ofDeadProcesses()).isEmpty();
    }

    @Test
    void names_that_do_not_fit_are_cut() throws IOException {
        RunFolder folder = new RunFolder(path);
        folder.recorder(self("n".repeat(900), NO_PROCESS)).slot().begin(1, 0, "t".repeat(64));

        assertThat(folder.ofDeadProcesses().get(0).running()).containsExactly(new RunningJob(1, 0, "t".repeat(64)));
        assertThat(folder.ofDeadProcesses().get(0).header().name()).startsWith("nnnn");
    }

    @Test
    void more_threads_than_slots_run_unrecorded() throws IOException {
        RunFolder folder = new RunFolder(path);
        FlightRecorder recorder = folder.recorder(self("w", NO_PROCESS));
        for (int i = 0; i < 40; i++) {
            recorder.slot().begin(i, 0, "x");
        }

        assertThat(folder.ofDeadProcesses().get(0).running()).hasSize(16);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.toList();
        }
    }

    private static WorkerSelf self(String name, long pid) {
        return new WorkerSelf(UUID.randomUUID(), name, "here", pid, 2, false);
    }
}
