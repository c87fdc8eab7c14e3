package dev.darkroom.gearman;

import static dev.darkroom.gearman.protocol.PacketType.CANT_DO;
import static dev.darkroom.gearman.protocol.PacketType.CAN_DO;
import static dev.darkroom.gearman.protocol.PacketType.CAN_DO_TIMEOUT;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB_ALL;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB_UNIQ;
import static dev.darkroom.gearman.protocol.PacketType.PRE_SLEEP;
import static dev.darkroom.gearman.protocol.PacketType.RESET_ABILITIES;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_BG;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_EPOCH;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_HIGH_BG;
import static dev.darkroom.gearman.protocol.PacketType.WORK_COMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What workers announce, grab, give back and sleep through, at any job server. */
abstract class ConformanceWorkersContract extends JobServerContract {

    /** How a worker gives back what it has. */
    enum Withdrawal {
        CANT_DO,
        RESET_ABILITIES
    }

    @Test
    void a_function_announced_twice_counts_twice_and_is_withdrawn_at_once() throws Exception {
        Wire wire = wire().send(CAN_DO, function).send(CAN_DO, function).settle();
        assertThat(wire.row("status", function)).isEqualTo("0 0 2");

        wire.send(CANT_DO, function).send(CANT_DO, function + "-unknown").settle();

        assertThat(wire.row("status", function)).isEqualTo("0 0 0");
        assertThat(wire.row("status", function + "-unknown")).isEqualTo("none");
    }

    @Test
    void what_was_announced_last_goes_first_even_before_a_high_job() throws Exception {
        Wire wire = wire();
        wire.send(SUBMIT_JOB_BG, function + "a", "", "1").read();
        wire.send(SUBMIT_JOB_BG, function + "b", "", "2").read();
        wire.send(SUBMIT_JOB_HIGH_BG, function + "a", "", "3").read();
        wire.send(CAN_DO, function + "a").send(CAN_DO, function + "b");

        assertThat(wire.send(GRAB_JOB).read()).endsWith("|2");
        assertThat(wire.send(GRAB_JOB).read()).endsWith("|3");
        wire.send(CAN_DO, function + "a");
        wire.send(SUBMIT_JOB_BG, function + "b", "", "4").read();
        assertThat(wire.send(GRAB_JOB).read()).endsWith("|1");
        assertThat(wire.send(GRAB_JOB).read()).endsWith("|4");
    }

    @Test
    void the_jobs_of_a_lost_worker_go_behind_the_others_the_last_one_first() throws Exception {
        Wire client = wire();
        for (String payload : List.of("0", "1", "2", "3")) {
            client.send(SUBMIT_JOB_BG, function, "", payload).read();
        }
        Wire lost = wire().send(CAN_DO, function).send(GRAB_JOB).send(GRAB_JOB);
        lost.read();
        lost.read();
        lost.close();
        while (!client.row("status", function).equals("4 0 0")) {
            Thread.onSpinWait();
        }

        Wire worker = wire().send(CAN_DO, function);
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            String assigned = worker.send(GRAB_JOB).read();
            order.append(assigned.charAt(assigned.length() - 1));
        }
        assertThat(order).hasToString("2310");
    }

    @ParameterizedTest
    @EnumSource(Withdrawal.class)
    void a_job_that_its_worker_withdraws_from_three_times_fails(Withdrawal withdrawal) throws Exception {
        Wire client = wire();
        String handle = client.send(SUBMIT_JOB, function, "", "payload").readHandle();
        Wire worker = wire();
        for (int i = 0; i < 3; i++) {
            assertThat(worker.send(CAN_DO, function).send(GRAB_JOB).readHandle())
                    .isEqualTo(handle);
            if (withdrawal == Withdrawal.CANT_DO) {
                worker.send(CANT_DO, function);
            } else {
                worker.send(RESET_ABILITIES);
            }
            worker.settle();
            assertThat(worker.row("status", function)).isEqualTo(i < 2 ? "1 0 0" : "0 0 0");
        }

        assertThat(worker.send(WORK_COMPLETE, handle, "late").read())
                .isEqualTo("ERROR JOB_NOT_FOUND|Job given in work result not found");
        assertThat(client.read()).isEqualTo("WORK_FAIL " + handle);
    }

    @Test
    void who_announced_nothing_grabs_nothing_and_sleeps() throws Exception {
        Wire wire = wire();

        assertThat(wire.send(GRAB_JOB).read()).isEqualTo("NO_JOB");
        assertThat(wire.send(GRAB_JOB_UNIQ).read()).isEqualTo("NO_JOB");
        assertThat(wire.send(GRAB_JOB_ALL).read()).isEqualTo("NO_JOB");
        assertThat(wire.send(PRE_SLEEP).isQuiet()).isTrue();
    }

    @Test
    void sleep_ends_at_once_while_jobs_wait_and_a_sleeper_is_woken_once() throws Exception {
        Wire worker = wire().send(CAN_DO, function).send(PRE_SLEEP).settle();
        Wire client = wire();

        client.send(SUBMIT_JOB_BG, function, "", "1").read();
        assertThat(worker.read()).isEqualTo("NOOP");
        client.send(SUBMIT_JOB_BG, function, "", "2").read();
        assertThat(worker.isQuiet()).isTrue();
        assertThat(worker.send(PRE_SLEEP).read()).isEqualTo("NOOP");
    }

    @Test
    void a_sleeper_that_was_woken_is_not_woken_again_before_it_grabbed() throws Exception {
        Wire worker = wire().send(CAN_DO, function).send(PRE_SLEEP).settle();
        Wire client = wire();
        client.send(SUBMIT_JOB_BG, function, "", "1").read();
        assertThat(worker.read()).isEqualTo("NOOP");
        Wire other = wire().send(CAN_DO, function).send(GRAB_JOB);
        other.read();

        worker.send(PRE_SLEEP).settle();
        client.send(SUBMIT_JOB_BG, function, "", "2").read();
        assertThat(worker.isQuiet()).isTrue();

        assertThat(worker.send(GRAB_JOB).read()).endsWith("|2");
        worker.send(PRE_SLEEP).settle();
        client.send(SUBMIT_JOB_BG, function, "", "3").read();
        assertThat(worker.read()).isEqualTo("NOOP");
    }

    @Test
    void all_sleepers_of_a_function_are_woken_also_those_that_announced_it_asleep_and_those_with_jobs()
            throws Exception {
        Wire client = wire();
        List<Wire> sleepers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sleepers.add(wire().send(CAN_DO, function).send(PRE_SLEEP).settle());
        }
        sleepers.add(wire().send(PRE_SLEEP).send(CAN_DO, function).settle());
        client.send(SUBMIT_JOB_BG, function + "-held", "", "").read();
        Wire busy =
                wire().send(CAN_DO, function).send(CAN_DO, function + "-held").send(GRAB_JOB);
        assertThat(busy.readType()).isEqualTo("JOB_ASSIGN");
        sleepers.add(busy.send(PRE_SLEEP).settle());

        client.send(SUBMIT_JOB_BG, function, "", "").read();

        for (Wire sleeper : sleepers) {
            assertThat(sleeper.read()).isEqualTo("NOOP");
        }
    }

    @Test
    void a_job_that_is_not_due_wakes_when_it_comes_and_not_when_it_is_due() throws Exception {
        Wire worker = wire().send(CAN_DO, function).send(PRE_SLEEP).settle();
        Wire client = wire();
        long due = Instant.now().getEpochSecond() + 1;

        client.send(SUBMIT_JOB_EPOCH, function, "", Long.toString(due), "first").read();
        client.send(SUBMIT_JOB_BG, function, "", "second").read();

        assertThat(worker.read()).isEqualTo("NOOP");
        while (Instant.now().getEpochSecond() <= due) {
            Thread.onSpinWait();
        }
        assertThat(worker.isQuiet()).isTrue();
        assertThat(worker.send(GRAB_JOB).read()).endsWith("|first");
        assertThat(worker.send(GRAB_JOB).read()).endsWith("|second");
    }

    @Test
    void a_time_out_is_at_least_a_second() throws Exception {
        Wire client = wire();
        client.send(SUBMIT_JOB_BG, function, "", "").read();
        Wire slow = wire().send(CAN_DO_TIMEOUT, function, "1").send(GRAB_JOB);
        assertThat(slow.readType()).isEqualTo("JOB_ASSIGN");
        long start = System.nanoTime();
        Wire next = wire().send(CAN_DO, function).send(PRE_SLEEP);

        assertThat(next.read()).isEqualTo("NOOP");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(800));
        assertThat(client.row("status", function)).isEqualTo("1 0 2");
    }

    @Test
    void falling_asleep_stops_the_time_out_of_a_job_that_is_held() throws Exception {
        Wire client = wire();
        client.send(SUBMIT_JOB_BG, function, "", "").read();
        Wire slow = wire().send(CAN_DO_TIMEOUT, function, "1000").send(GRAB_JOB);
        assertThat(slow.readType()).isEqualTo("JOB_ASSIGN");
        slow.send(PRE_SLEEP).settle();
        client.send(SUBMIT_JOB_BG, function + "-timed", "", "").read();
        Wire timed = wire().send(CAN_DO_TIMEOUT, function + "-timed", "1500").send(GRAB_JOB);
        assertThat(timed.readType()).isEqualTo("JOB_ASSIGN");
        Wire next = wire().send(CAN_DO, function + "-timed").send(PRE_SLEEP);

        // The time-out that runs half a second longer has run out: the other would have, too.
        assertThat(next.read()).isEqualTo("NOOP");
        assertThat(client.row("status", function)).isEqualTo("1 1 1");
    }

    Wire wire() throws IOException {
        return opened(new Wire(server().address()));
    }
}
