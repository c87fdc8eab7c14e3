package dev.darkroom.gearman;

import static dev.darkroom.gearman.protocol.PacketType.CAN_DO;
import static dev.darkroom.gearman.protocol.PacketType.GET_STATUS;
import static dev.darkroom.gearman.protocol.PacketType.GET_STATUS_UNIQUE;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB_ALL;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB_UNIQ;
import static dev.darkroom.gearman.protocol.PacketType.OPTION_REQ;
import static dev.darkroom.gearman.protocol.PacketType.PRE_SLEEP;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_BG;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_EPOCH;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_HIGH_BG;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_LOW_BG;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_REDUCE_JOB;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_REDUCE_JOB_BACKGROUND;
import static dev.darkroom.gearman.protocol.PacketType.WORK_COMPLETE;
import static dev.darkroom.gearman.protocol.PacketType.WORK_DATA;
import static dev.darkroom.gearman.protocol.PacketType.WORK_EXCEPTION;
import static dev.darkroom.gearman.protocol.PacketType.WORK_FAIL;
import static dev.darkroom.gearman.protocol.PacketType.WORK_STATUS;
import static dev.darkroom.gearman.protocol.PacketType.WORK_WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a job in any job server: which is which, who hears of it, when nobody wants it any more. */
abstract class ConformanceJobsContract extends JobServerContract {

    @Test
    void work_on_a_job_of_another_connection_or_of_none_is_refused_each_in_its_words() throws Exception {
        Wire client = wire();
        String held = client.send(SUBMIT_JOB, function, "", "payload").readHandle();
        Wire owner = wire().send(CAN_DO, function).send(GRAB_JOB);
        assertThat(owner.readHandle()).isEqualTo(held);
        Wire other = wire();

        for (String handle : new String[] {held, "H:nobody:1", "h".repeat(63)}) {
            String missing = "ERROR JOB_NOT_FOUND|Job given in work result not found";
            assertThat(other.send(WORK_COMPLETE, handle, "x").read()).isEqualTo(missing);
            assertThat(other.send(WORK_FAIL, handle).read()).isEqualTo(missing);
            assertThat(other.send(WORK_STATUS, handle, "1", "2").read()).isEqualTo(missing);
            assertThat(other.send(WORK_EXCEPTION, handle, "x").read())
                    .isEqualTo("ERROR JOB_NOT_FOUND|An exception was received for a job that does not exist");
            assertThat(other.send(WORK_DATA, handle, "x").read())
                    .isEqualTo("ERROR JOB_NOT_FOUND|Job does not exist on server");
            assertThat(other.send(WORK_WARNING, handle, "x").read())
                    .isEqualTo("ERROR JOB_NOT_FOUND|Job does not exist on server");
        }
        assertThat(other.send(WORK_FAIL, "h".repeat(64)).readType()).isEqualTo("ERROR");
        assertThat(client.isQuiet()).isTrue();
        owner.send(WORK_COMPLETE, held, "done");
        assertThat(client.read()).isEqualTo("WORK_COMPLETE " + held + "|done");
        assertThat(owner.send(WORK_COMPLETE, held, "again").read())
                .isEqualTo("ERROR JOB_NOT_FOUND|Job given in work result not found");
    }

    @Test
    void an_exception_is_a_failure_for_who_did_not_ask_for_exceptions() throws Exception {
        Wire plain = wire();
        Wire curious = wire().send(OPTION_REQ, "exceptions");
        curious.read();
        String handle = plain.send(SUBMIT_JOB, function, "key", "").readHandle();
        assertThat(curious.send(SUBMIT_JOB, function, "key", "").readHandle()).isEqualTo(handle);
        Wire worker = wire().send(CAN_DO, function).send(GRAB_JOB);
        worker.read();

        worker.send(WORK_WARNING, handle, "hm").send(WORK_EXCEPTION, handle, "boom");

        assertThat(curious.read()).isEqualTo("WORK_WARNING " + handle + "|hm");
        assertThat(curious.read()).isEqualTo("WORK_EXCEPTION " + handle + "|boom");
        assertThat(plain.read()).isEqualTo("WORK_WARNING " + handle + "|hm");
        // With the NUL that stood behind the handle in the exception.
        assertThat(plain.read()).isEqualTo("WORK_FAIL " + handle + "|");
        assertThat(worker.send(WORK_FAIL, handle).read())
                .isEqualTo("ERROR JOB_NOT_FOUND|Job given in work result not found");
    }

    @ParameterizedTest
    @CsvSource({
        "abc, -3, 0, 4294967293",
        "3.7, 0x10, 3, 0",
        "4294967295, 4294967295, 4294967295, 4294967295",
        "99999999999, 1, 1215752191, 1",
        "1, 12345678901, 1, 1234567890",
        "' 5', '6 ', 5, 6",
        "'', '', 0, 0"
    })
    void progress_is_passed_on_as_it_is_and_kept_as_far_as_it_is_a_number(
            String numerator, String denominator, String keptNumerator, String keptDenominator) throws Exception {
        Wire client = wire();
        String handle = client.send(SUBMIT_JOB, function, "", "").readHandle();
        Wire worker = wire().send(CAN_DO, function).send(GRAB_JOB);
        worker.read();

        worker.send(WORK_STATUS, handle, numerator, denominator);

        assertThat(client.read()).isEqualTo(("WORK_STATUS " + handle + "|" + numerator + "|" + denominator).trim());
        assertThat(client.send(GET_STATUS, handle).read())
                .isEqualTo("STATUS_RES " + handle + "|1|1|" + keptNumerator + "|" + keptDenominator);
    }

    @Test
    void a_denominator_of_12_digits_ends_the_workers_connection() throws Exception {
        Wire client = wire();
        String handle = client.send(SUBMIT_JOB, function, "", "").readHandle();
        Wire worker = wire().send(CAN_DO, function).send(GRAB_JOB);
        worker.read();

        ConformancePacketsContract.assertEnds(worker.send(WORK_STATUS, handle, "1", "123456789012"));
    }

    @Test
    void a_dash_stands_for_the_payload_unless_that_is_empty() throws Exception {
        Wire wire = wire();
        String first = wire.send(SUBMIT_JOB_BG, function, "-", "abc").readHandle();

        assertThat(wire.send(SUBMIT_JOB_BG, function, "-", "abc").readHandle()).isEqualTo(first);
        assertThat(wire.send(SUBMIT_JOB_BG, function, "-", "xyz").readHandle()).isNotEqualTo(first);
        String empty = wire.send(SUBMIT_JOB_BG, function, "-", "").readHandle();
        assertThat(wire.send(SUBMIT_JOB_BG, function, "-", "").readHandle()).isNotEqualTo(empty);
        assertThat(wire.send(GET_STATUS_UNIQUE, "-").read()).isEqualTo("STATUS_RES_UNIQUE -|0|0|0|0|0");
        assertThat(wire.send(CAN_DO, function).send(GRAB_JOB_UNIQ).read())
                .isEqualTo("JOB_ASSIGN_UNIQ " + first + "|" + function + "|-|abc");
    }

    @Test
    void the_priority_and_payload_of_a_second_submission_are_dropped() throws Exception {
        Wire wire = wire();
        String low = wire.send(SUBMIT_JOB_LOW_BG, function, "k", "low").readHandle();
        String normal = wire.send(SUBMIT_JOB_BG, function, "m", "normal").readHandle();

        assertThat(wire.send(SUBMIT_JOB_HIGH_BG, function, "k", "high").readHandle())
                .isEqualTo(low);
        assertThat(wire.row("prioritystatus", function)).isEqualTo("0 1 1 0");
        wire.send(CAN_DO, function);
        assertThat(wire.send(GRAB_JOB).readHandle()).isEqualTo(normal);
        assertThat(wire.send(GRAB_JOB).read()).isEqualTo("JOB_ASSIGN " + low + "|" + function + "|low");
    }

    @Test
    void a_background_job_that_a_client_joined_and_left_is_not_done() throws Exception {
        Wire wire = wire();
        String handle = wire.send(SUBMIT_JOB_BG, function, function, "").readHandle();
        Wire client = wire();
        assertThat(client.send(SUBMIT_JOB, function, function, "").readHandle()).isEqualTo(handle);
        assertThat(wire.send(GET_STATUS_UNIQUE, function).read()).endsWith("|1|0|0|0|1");
        leave(client, wire, "1 0 0");

        assertThat(wire.send(CAN_DO, function).send(GRAB_JOB).read()).isEqualTo("NO_JOB");
        assertThat(wire.row("status", function)).isEqualTo("0 0 1");
    }

    @Test
    void a_job_that_nobody_wants_is_found_by_its_key_until_its_turn_comes_and_takes_others_along() throws Exception {
        Wire wire = wire();
        Wire client = wire();
        String handle = client.send(SUBMIT_JOB, function, "key", "").readHandle();
        leave(client, wire, "1 0 0");

        assertThat(wire.send(SUBMIT_JOB_BG, function, "key", "again").readHandle())
                .isEqualTo(handle);
        Wire second = wire();
        assertThat(second.send(SUBMIT_JOB, function, "key", "again").readHandle())
                .isEqualTo(handle);
        assertThat(wire.send(CAN_DO, function).send(GRAB_JOB).read()).isEqualTo("NO_JOB");
        assertThat(second.isQuiet()).isTrue();
        assertThat(wire.send(SUBMIT_JOB_BG, function, "key", "new").readHandle())
                .isNotEqualTo(handle);
    }

    @Test
    void falling_asleep_drops_what_nobody_wants() throws Exception {
        Wire wire = wire();
        Wire client = wire();
        client.send(SUBMIT_JOB, function, "", "").readHandle();
        leave(client, wire, "1 0 0");

        assertThat(wire.send(CAN_DO, function).send(PRE_SLEEP).isQuiet()).isTrue();
        assertThat(wire.row("status", function)).isEqualTo("0 0 1");
    }

    @Test
    void a_running_job_whose_client_left_goes_on_but_not_to_another_worker() throws Exception {
        Wire wire = wire();
        Wire client = wire();
        String handle = client.send(SUBMIT_JOB, function, "", "").readHandle();
        Wire worker = wire().send(CAN_DO, function).send(GRAB_JOB);
        worker.read();
        leave(client, wire, "1 1 1");
        assertThat(worker.send(WORK_DATA, handle, "x").isQuiet()).isTrue();
        leave(worker, wire, "1 0 0");

        assertThat(wire.send(CAN_DO, function).send(GRAB_JOB).read()).isEqualTo("NO_JOB");
    }

    @Test
    void a_connection_that_asked_twice_is_answered_twice() throws Exception {
        Wire client = wire();
        String handle = client.send(SUBMIT_JOB, function, "key" + function.substring(0, 8), "")
                .readHandle();
        client.send(SUBMIT_JOB, function, "key" + function.substring(0, 8), "").readHandle();
        assertThat(client.send(GET_STATUS_UNIQUE, "key" + function.substring(0, 8))
                        .read())
                .endsWith("|1|0|0|0|2");
        Wire worker = wire().send(CAN_DO, function).send(GRAB_JOB);
        worker.read();

        worker.send(WORK_COMPLETE, handle, "r");

        assertThat(client.read()).isEqualTo("WORK_COMPLETE " + handle + "|r");
        assertThat(client.read()).isEqualTo("WORK_COMPLETE " + handle + "|r");
        assertThat(client.isQuiet()).isTrue();
    }

    @Test
    void of_two_functions_with_one_key_the_newer_job_is_told_of() throws Exception {
        Wire wire = wire();
        wire.send(SUBMIT_JOB_BG, function + "a", function, "").readHandle();
        wire.send(SUBMIT_JOB_BG, function + "b", function, "").readHandle();
        Wire older = wire().send(CAN_DO, function + "a").send(GRAB_JOB);
        older.readHandle();
        assertThat(wire.send(GET_STATUS_UNIQUE, function).read()).endsWith("|1|0|0|0|0");
        Wire newer = wire().send(CAN_DO, function + "b").send(GRAB_JOB);
        String handle = newer.readHandle();
        assertThat(wire.send(GET_STATUS_UNIQUE, function).read()).endsWith("|1|1|0|0|0");

        newer.send(WORK_STATUS, handle, "1", "2").send(WORK_FAIL, handle).settle();

        assertThat(wire.send(GET_STATUS_UNIQUE, function).read()).endsWith("|1|1|0|0|0");
    }

    @Test
    void a_reduce_job_has_four_arguments_and_its_reducer_goes_to_who_asks_for_all() throws Exception {
        Wire wire = wire().send(CAN_DO, function);
        String first = wire.send(SUBMIT_REDUCE_JOB_BACKGROUND, function, "u1", "reducer", "aggregator", "payload")
                .readHandle();
        assertThat(wire.send(GRAB_JOB_ALL).read())
                .isEqualTo("JOB_ASSIGN_ALL " + first + "|" + function + "|u1|reducer|payload");
        String second =
                wire.send(SUBMIT_REDUCE_JOB, function, "u2", "", "", "payload").readHandle();
        assertThat(wire.send(GRAB_JOB_ALL).read())
                .isEqualTo("JOB_ASSIGN_UNIQ " + second + "|" + function + "|u2|payload");
        String third = wire.send(SUBMIT_REDUCE_JOB_BACKGROUND, function, "u3", "reducer", "", "payload")
                .readHandle();
        assertThat(wire.send(GRAB_JOB).read()).isEqualTo("JOB_ASSIGN " + third + "|" + function + "|payload");
        assertThat(wire.send(SUBMIT_REDUCE_JOB, function, "u4", "r".repeat(65), "", "")
                        .read())
                .isEqualTo("ERROR ARGUMENT_TOO_LARGE|Unique value too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-5", "abc", "", " 12"})
    void a_time_that_is_past_or_none_is_now(String time) throws Exception {
        Wire wire = wire().send(CAN_DO, function);

        String handle =
                wire.send(SUBMIT_JOB_EPOCH, function, "", time, "payload").readHandle();

        assertThat(wire.send(GRAB_JOB).readHandle()).isEqualTo(handle);
    }

    @Test
    void a_time_that_does_not_fit_ends_the_connection() throws Exception {
        ConformancePacketsContract.assertEnds(
                wire().send(SUBMIT_JOB_EPOCH, function, "", "99999999999999999999", "payload"));
    }

    @Test
    void a_job_that_is_not_due_is_counted_and_holds_up_lower_priorities_but_not_sleep() throws Exception {
        Wire wire = wire().send(CAN_DO, function);
        long later = Instant.now().getEpochSecond() + 3600;
        wire.send(SUBMIT_JOB_EPOCH, function, "", Long.toString(later), "later").readHandle();
        assertThat(wire.row("status", function)).isEqualTo("1 0 1");
        assertThat(wire.row("prioritystatus", function)).isEqualTo("0 1 0 1");
        assertThat(wire.send(PRE_SLEEP).isQuiet()).isTrue();

        wire.send(SUBMIT_JOB_LOW_BG, function, "", "low");
        assertThat(wire.readType()).isIn("NOOP", "JOB_CREATED");
        assertThat(wire.readType()).isIn("NOOP", "JOB_CREATED");

        assertThat(wire.send(GRAB_JOB).read()).isEqualTo("NO_JOB");
        assertThat(wire.send(PRE_SLEEP).read()).isEqualTo("NOOP");
        String normal = wire.send(SUBMIT_JOB_BG, function, "", "").readHandle();
        assertThat(wire.send(GRAB_JOB).readHandle()).isEqualTo(normal);
    }

    Wire wire() throws IOException {
        return opened(new Wire(server().address()));
    }

    /** Closes a connection and waits until the server's counts say so. */
    private void leave(Wire leaving, Wire watching, String row) throws IOException {
        leaving.send(CAN_DO, function + "-gone").settle();
        leaving.close();
        while (!watching.row("status", function + "-gone").equals("0 0 0")) {
            Thread.onSpinWait();
        }
        watching.settle();
        assertThat(watching.row("status", function)).isEqualTo(row);
    }
}
