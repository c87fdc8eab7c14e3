package dev.darkroom.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.embedded.EmbeddedServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisorTest {

    @TempDir
    private Path folder;

    private final Events events = new Events();
    private final Supervisor supervisor = new Supervisor(2, events);
    private FakePrograms programs;

    @BeforeEach
    void programs() {
        programs = new FakePrograms(folder);
    }

    @AfterEach
    void stop() {
        supervisor.stop();
    }

    @Test
    void returns_from_start_when_every_part_is_ready() throws InterruptedException {
        supervisor.start(List.of(programs.obedient("a", Stage.STORES), programs.obedient("b", Stage.WORKERS)));

        assertThat(List.of(events.nextReady().part(), events.nextReady().part()))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void starts_a_part_again_after_a_kill() throws InterruptedException {
        supervisor.start(List.of(programs.obedient("a", Stage.WORKERS)));
        long first = events.nextReady().pid();

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        assertThat(events.nextDied().reason()).contains("killed by signal 9");
        Events.Ready second = events.nextReady();
        assertThat(second.again()).isTrue();
        assertThat(second.pid()).isNotEqualTo(first);
        assertThat(ProcessHandle.of(second.pid())).isPresent();
    }

    @Test
    void tells_the_last_words_of_a_part_that_died() throws InterruptedException {
        supervisor.start(List.of(programs.part("a", Stage.WORKERS, "echo ready; echo no disk left; exit 3")));

        assertThat(events.nextDied().reason()).isEqualTo("exit code 3; its last words: ready | no disk left");
    }

    @Test
    void waits_longer_each_time_a_part_dies_at_once() throws InterruptedException {
        supervisor.start(List.of(programs.part("a", Stage.WORKERS, "echo ready")));

        assertThat(List.of(events.nextDied(), events.nextDied(), events.nextDied()))
                .extracting(Events.Died::restartIn)
                .containsExactly(Duration.ZERO, RestartDelay.FIRST, RestartDelay.FIRST.multipliedBy(2));
    }

    @Test
    void stops_the_latest_stage_first() throws IOException {
        supervisor.start(List.of(
                programs.obedient("store", Stage.STORES),
                programs.obedient("relay", Stage.RELAY),
                programs.obedient("jobserver", Stage.JOB_SERVER),
                programs.obedient("api", Stage.API),
                programs.obedient("worker", Stage.WORKERS)));

        supervisor.stop();

        assertThat(Files.readAllLines(folder.resolve("stopped")))
                .containsExactly("api", "worker", "relay", "jobserver", "store");
        assertThat(events.restarts()).isEmpty();
    }

    @Test
    void leaves_no_process_when_one_ignores_the_signal() throws InterruptedException {
        supervisor.start(List.of(
                programs.part("deaf", Stage.WORKERS, "trap '' TERM; echo ready; while :; do sleep 0.05; done")));
        long pid = events.nextReady().pid();

        supervisor.stop();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void fails_with_the_reason_of_the_part_that_cannot_start() {
        assertThatThrownBy(() ->
                        supervisor.start(List.of(programs.part("a", Stage.STORES, "echo the disk is full; exit 1"))))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("the disk is full");
    }

    @Test
    void can_be_stopped_while_a_part_is_still_starting() throws Exception {
        Thread starter = new Thread(() -> assertThatThrownBy(() -> supervisor.start(List.of(
                        programs.part("slow", Stage.STORES, "echo $$ >" + folder.resolve("pid") + "; sleep 600"))))
                .isInstanceOf(RuntimeException.class));
        starter.start();
        Path pid = folder.resolve("pid");
        while (!Files.exists(pid) || Files.readString(pid).isBlank()) {
            Thread.onSpinWait();
        }

        supervisor.stop();

        starter.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(starter.isAlive()).isFalse();
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void starts_nothing_once_it_was_stopped() {
        supervisor.stop();

        assertThatThrownBy(() -> supervisor.start(List.of(programs.obedient("a", Stage.STORES))))
                .hasMessageContaining("Stopped");
    }
}
