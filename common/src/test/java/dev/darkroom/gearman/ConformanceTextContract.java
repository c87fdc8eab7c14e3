package dev.darkroom.gearman;

import static dev.darkroom.gearman.protocol.PacketType.CAN_DO;
import static dev.darkroom.gearman.protocol.PacketType.ECHO_REQ;
import static dev.darkroom.gearman.protocol.PacketType.GET_STATUS;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_BG;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_HIGH_BG;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_LOW_BG;
import static dev.darkroom.gearman.protocol.PacketType.WORK_COMPLETE;
import static dev.darkroom.gearman.protocol.PacketType.WORK_DATA;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text protocol of any job server, with the exact lines. */
abstract class ConformanceTextContract extends JobServerContract {

    private static final String OKAY = "OK\\r\\n";

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "'  ', ''",
        "' version', ''",
        "foo, foo",
        "Foo bar baz, Foo",
        "show, show",
        "cancel, cancel",
        "cancel job, cancel",
        "priority status, priority"
    })
    void an_unknown_command_is_named(String line, String name) throws Exception {
        assertThat(answer(line)).isEqualTo("ERR UNKNOWN_COMMAND Unknown+server+command" + name + "\\r\\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "create function",
                "create foo x",
                "create function a b",
                "drop",
                "drop function",
                "drop foo x",
                "maxqueue"
            })
    void too_few_words_are_named(String line) throws Exception {
        assertThat(answer(line))
                .isEqualTo("ERR INVALID_ARGUMENTS An+incomplete+set+of+arguments+was+sent+to+this+command+"
                        + line.split(" ", 2)[0] + "\\r\\n");
    }

    @ParameterizedTest
    @CsvSource({
        "show foo, ERR UNKNOWN_SHOW_ARGUMENTS",
        "show jobs x, ERR UNKNOWN_SHOW_ARGUMENTS",
        "cancel job H:x:1, ERR UNKNOWN_JOB",
        "cancel foo H:x:1, ERR UNKNOWN_ERROR",
        "cancel job a b, ERR UNKNOWN_ERROR",
        "drop function nobody-has-this, ERR function not found",
        "maxqueue nobody-has-this, OK",
        "maxqueue nobody-has-this 3, OK"
    })
    void other_answers_that_end_with_carriage_return(String line, String answer) throws Exception {
        assertThat(answer(line)).isEqualTo(answer + "\\r\\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "VERSION", "version ", "version extra", "getpid", "verbose", "verbose 3"})
    void commands_with_a_value_end_without_carriage_return(String line) throws Exception {
        assertThat(answer(line)).matches("OK [^ \\\\]+\\\\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxqueue f 1 2 3 4", "a b c d e f"})
    void six_words_end_the_connection(String line) throws Exception {
        ConformancePacketsContract.assertEnds(wire().line(line));
    }

    @Test
    void a_line_of_8000_bytes_is_answered_and_one_of_9000_ends_the_connection() throws Exception {
        assertThat(answer("x".repeat(8_000))).startsWith("ERR UNKNOWN_COMMAND ");
        ConformancePacketsContract.assertEnds(wire().line("x".repeat(9_000)));
    }

    @Test
    void what_follows_nul_in_a_line_is_not_read() throws Exception {
        assertThat(answer("verbose\0status")).isEqualTo("OK ERROR\\n");
    }

    @Test
    void lines_and_packets_may_follow_each_other_at_once() throws Exception {
        Wire wire = wire();

        wire.send("verbose\r\nverbose\n".getBytes(ISO_8859_1))
                .send(ECHO_REQ, "abc")
                .line("verbose");

        assertThat(wire.readLine()).isEqualTo("OK ERROR\\n");
        assertThat(wire.readLine()).isEqualTo("OK ERROR\\n");
        assertThat(wire.read()).isEqualTo("ECHO_RES abc");
        assertThat(wire.readLine()).isEqualTo("OK ERROR\\n");
    }

    @Test
    void a_function_is_created_and_dropped_in_any_case_unless_a_worker_does_it() throws Exception {
        Wire wire = wire();
        assertThat(answer("create function " + function)).isEqualTo(OKAY);
        assertThat(wire.row("status", function)).isEqualTo("0 0 0");
        wire.send(CAN_DO, function).settle();
        assertThat(answer("drop function " + function))
                .isEqualTo("ERR there are still connected workers or executing clients\\r\\n");
        wire.close();
        Wire other = wire();
        while (!other.row("status", function).equals("0 0 0")) {
            Thread.onSpinWait();
        }

        assertThat(answer("drop function " + function.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(OKAY);
        assertThat(other.row("status", function)).isEqualTo("none");
    }

    @Test
    void one_limit_is_for_all_priorities_and_none_lifts_it() throws Exception {
        Wire wire = wire().send(CAN_DO, function);
        wire.settle();
        assertThat(answer("maxqueue " + function + " 2")).isEqualTo(OKAY);
        wire.send(SUBMIT_JOB_LOW_BG, function, "key", "").readHandle();
        wire.send(SUBMIT_JOB_BG, function, "", "").readHandle();

        assertThat(wire.send(SUBMIT_JOB_HIGH_BG, function, "", "").read())
                .isEqualTo("ERROR QUEUE_ERROR|Job queue is full");
        assertThat(wire.send(SUBMIT_JOB, function, "", "").read()).isEqualTo("ERROR QUEUE_ERROR|Job queue is full");
        wire.send(SUBMIT_JOB_HIGH_BG, function, "key", "").readHandle();
        assertThat(answer("maxqueue " + function)).isEqualTo(OKAY);
        wire.send(SUBMIT_JOB_BG, function, "", "").readHandle();
        assertThat(answer("maxqueue " + function + " -1")).isEqualTo(OKAY);
        wire.send(SUBMIT_JOB_BG, function, "", "").readHandle();
    }

    @Test
    void three_limits_are_for_high_normal_and_low_and_count_all_jobs() throws Exception {
        Wire wire = wire().send(CAN_DO, function).settle();
        String full = "ERROR QUEUE_ERROR|Job queue is full";
        assertThat(answer("maxqueue " + function + " 3 2 1")).isEqualTo(OKAY);

        wire.send(SUBMIT_JOB_LOW_BG, function, "", "").readHandle();
        assertThat(wire.send(SUBMIT_JOB_LOW_BG, function, "", "").read()).isEqualTo(full);
        wire.send(SUBMIT_JOB_BG, function, "", "").readHandle();
        assertThat(wire.send(SUBMIT_JOB_BG, function, "", "").read()).isEqualTo(full);
        wire.send(SUBMIT_JOB_HIGH_BG, function, "", "").readHandle();
        assertThat(wire.send(SUBMIT_JOB_HIGH_BG, function, "", "").read()).isEqualTo(full);

        // What is left out is no limit.
        assertThat(answer("maxqueue " + function + " 0 1")).isEqualTo(OKAY);
        wire.send(SUBMIT_JOB_HIGH_BG, function, "", "").readHandle();
        assertThat(wire.send(SUBMIT_JOB_BG, function, "", "").read()).isEqualTo(full);
        wire.send(SUBMIT_JOB_LOW_BG, function, "", "").readHandle();
    }

    @Test
    void a_cancelled_job_is_counted_and_found_until_its_turn_comes() throws Exception {
        Wire wire = wire();
        String handle = wire.send(SUBMIT_JOB_BG, function, "key", "").readHandle();

        assertThat(answer("cancel job " + handle)).isEqualTo(OKAY);
        assertThat(answer("cancel job " + handle)).isEqualTo(OKAY);

        assertThat(wire.row("show jobs", handle)).isEqualTo("0 1 0");
        assertThat(wire.send(GET_STATUS, handle).read()).endsWith("|1|0|0|0");
        assertThat(wire.send(SUBMIT_JOB_BG, function, "key", "").readHandle()).isEqualTo(handle);
        assertThat(wire.row("status", function)).isEqualTo("1 0 0");
        assertThat(wire.send(CAN_DO, function).send(GRAB_JOB).read()).isEqualTo("NO_JOB");
        assertThat(wire.row("status", function)).isEqualTo("0 0 1");
    }

    @Test
    void clients_of_a_cancelled_job_are_told_at_once_and_if_it_runs_it_goes_on() throws Exception {
        Wire client = wire();
        String handle = client.send(SUBMIT_JOB, function, "", "").readHandle();
        Wire worker = wire().send(CAN_DO, function).send(GRAB_JOB);
        worker.read();

        assertThat(answer("cancel job " + handle)).isEqualTo(OKAY);
        assertThat(client.read()).isEqualTo("WORK_FAIL " + handle);
        worker.send(WORK_DATA, handle, "x").send(WORK_COMPLETE, handle, "y");
        assertThat(client.read()).isEqualTo("WORK_DATA " + handle + "|x");
        assertThat(client.read()).isEqualTo("WORK_COMPLETE " + handle + "|y");
    }

    @Test
    void jobs_are_shown_with_how_often_they_were_lost_and_whether_they_are_background_jobs() throws Exception {
        Wire wire = wire();
        String background = wire.send(SUBMIT_JOB_BG, function, "", "").readHandle();
        String foreground = wire.send(SUBMIT_JOB, function, "", "").readHandle();
        Wire worker = wire().send(CAN_DO, function).send(GRAB_JOB);
        worker.read();
        worker.close();
        while (!wire.row("status", function).equals("2 0 0")) {
            Thread.onSpinWait();
        }

        assertThat(wire.row("show jobs", background)).isEqualTo("1 0 1");
        assertThat(wire.row("show jobs", foreground)).isEqualTo("0 0 0");
    }

    Wire wire() throws IOException {
        return opened(new Wire(server().address()));
    }

    private String answer(String line) throws IOException {
        return wire().line(line).readLine();
    }
}
