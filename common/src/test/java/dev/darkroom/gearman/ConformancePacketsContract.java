package dev.darkroom.gearman;

import static dev.darkroom.gearman.protocol.PacketType.ALL_YOURS;
import static dev.darkroom.gearman.protocol.PacketType.CAN_DO;
import static dev.darkroom.gearman.protocol.PacketType.CAN_DO_TIMEOUT;
import static dev.darkroom.gearman.protocol.PacketType.ECHO_REQ;
import static dev.darkroom.gearman.protocol.PacketType.GET_STATUS;
import static dev.darkroom.gearman.protocol.PacketType.GET_STATUS_UNIQUE;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB_UNIQ;
import static dev.darkroom.gearman.protocol.PacketType.OPTION_REQ;
import static dev.darkroom.gearman.protocol.PacketType.PRE_SLEEP;
import static dev.darkroom.gearman.protocol.PacketType.SET_CLIENT_ID;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_BG;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_SCHED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.PacketType;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets at the edges of the format: what any job server answers, ignores, refuses, or closes the connection at. */
abstract class ConformancePacketsContract extends JobServerContract {

    private static final int REQUEST = Magic.REQUEST.code();

    @Test
    void an_echo_of_any_size_comes_back() throws Exception {
        Wire wire = wire();
        String large = "x".repeat(5_000_000);

        assertThat(wire.send(ECHO_REQ, "").read()).isEqualTo("ECHO_RES");
        assertThat(wire.send(ECHO_REQ, "a\0b").read()).isEqualTo("ECHO_RES a|b");
        assertThat(wire.send(ECHO_REQ, large).read()).isEqualTo("ECHO_RES " + large);
    }

    @Test
    void a_packet_that_is_no_request_is_refused_and_the_connection_stays() throws Exception {
        Wire wire = wire();
        for (PacketType type : PacketType.values()) {
            if (!type.travelsAs(Magic.REQUEST)) {
                byte[] body = "a\0b\0c\0d\0e\0f\0g\0h".getBytes(ISO_8859_1);
                int arguments = type.argumentCount();
                int size = type.hasPayload() || arguments == 0 ? 2 * arguments : 2 * arguments - 1;
                wire.send(REQUEST, type.number(), Arrays.copyOf(body, size));
                assertThat(wire.read()).as("%s", type).isEqualTo("ERROR INVALID_COMMAND|Command not expected");
            }
        }
        wire.send(REQUEST, 5, new byte[0]);
        assertThat(wire.read()).isEqualTo("ERROR INVALID_COMMAND|Command not expected");
        assertThat(wire.isQuiet()).isTrue();
    }

    @Test
    void all_yours_and_a_schedule_are_refused() throws Exception {
        Wire wire = wire();

        assertThat(wire.send(ALL_YOURS).read()).isEqualTo("ERROR INVALID_COMMAND|Command not expected");
        assertThat(wire.send(SUBMIT_JOB_SCHED, function, "", "1", "2", "3", "4", "5", "payload")
                        .read())
                .isEqualTo("ERROR INVALID_COMMAND|Command not expected");
        assertThat(wire.isQuiet()).isTrue();
    }

    @Test
    void a_request_with_the_magic_of_a_response_is_refused_and_not_done() throws Exception {
        Wire wire = wire();

        wire.send(Magic.RESPONSE.code(), SUBMIT_JOB_BG.number(), (function + "\0\0x").getBytes(ISO_8859_1));

        assertThat(wire.read()).isEqualTo("ERROR INVALID_MAGIC|Request magic expected");
        assertThat(wire.isQuiet()).isTrue();
        assertThat(wire.row("status", function)).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 43, 99})
    void an_unknown_type_ends_the_connection(int type) throws Exception {
        Wire wire = wire().send(REQUEST, type, new byte[0]);

        assertEnds(wire);
    }

    @Test
    void an_unknown_magic_ends_the_connection() throws Exception {
        assertEnds(wire().send(0x00584558, ECHO_REQ.number(), new byte[0]));
    }

    @Test
    void bytes_behind_a_packet_without_arguments_are_not_read() throws Exception {
        Wire wire = wire();

        assertThat(wire.send(GRAB_JOB, "abc").read()).isEqualTo("NO_JOB");
        assertThat(wire.send(PRE_SLEEP, "abc").isQuiet()).isTrue();
    }

    @Test
    void a_function_may_have_no_name_and_one_of_thousands_of_bytes() throws Exception {
        Wire wire = wire();
        String name = function + "n".repeat(8_000 - function.length());
        for (String any : new String[] {"", name}) {
            wire.send(CAN_DO, any).send(SUBMIT_JOB_BG, any, "", "payload");
            String handle = wire.readHandle();
            assertThat(wire.send(GRAB_JOB).read()).isEqualTo("JOB_ASSIGN " + handle + "|" + any + "|payload");
        }
    }

    @Test
    void an_argument_larger_than_the_buffer_ends_the_connection() throws Exception {
        assertEnds(wire().send(SUBMIT_JOB_BG, "n".repeat(9_000), "", "payload"));
        assertEnds(wire().send(CAN_DO, "n".repeat(9_000)));
    }

    @Test
    void a_name_that_ends_with_the_packet_may_hold_nul_and_is_shown_up_to_it() throws Exception {
        Wire wire = wire();

        wire.send(CAN_DO, function, "rest").settle();

        assertThat(wire.row("status", function)).isEqualTo("0 0 1");
    }

    @Test
    void a_key_of_64_bytes_is_taken_and_never_the_same_and_one_of_65_is_refused() throws Exception {
        Wire wire = wire().send(CAN_DO, function);
        String key = "k".repeat(64);
        String first = wire.send(SUBMIT_JOB_BG, function, key, "").readHandle();

        assertThat(wire.send(SUBMIT_JOB_BG, function, key, "").readHandle()).isNotEqualTo(first);
        // gearmand sends a byte of whatever lies behind it, too: not pinned.
        assertThat(wire.send(GRAB_JOB_UNIQ).read())
                .startsWith("JOB_ASSIGN_UNIQ " + first + "|" + function + "|" + "k".repeat(63) + "|");
        assertThat(wire.send(SUBMIT_JOB_BG, function, key + "k", "").read())
                .isEqualTo("ERROR ARGUMENT_TOO_LARGE|Unique value too large");
        assertThat(wire.isQuiet()).isTrue();
    }

    @Test
    void asking_about_63_bytes_is_answered_and_about_64_ends_the_connection() throws Exception {
        String most = "h".repeat(63);
        Wire wire = wire();

        assertThat(wire.send(GET_STATUS, most).read()).isEqualTo("STATUS_RES " + most + "|0|0|0|0");
        assertThat(wire.send(GET_STATUS_UNIQUE, most).read()).isEqualTo("STATUS_RES_UNIQUE " + most + "|0|0|0|0|0");
        assertThat(wire.send(GET_STATUS, "a", "b").read()).isEqualTo("STATUS_RES a|0|0|0|0");
        assertThat(wire.send(GET_STATUS, "").read()).isEqualTo("STATUS_RES |0|0|0|0");
        assertThat(wire.send(GET_STATUS_UNIQUE, "").read()).isEqualTo("STATUS_RES_UNIQUE |0|0|0|0|0");
        assertEnds(wire.send(GET_STATUS, most + "h"));
        assertEnds(wire().send(GET_STATUS_UNIQUE, most + "h"));
    }

    @Test
    void one_option_is_known_in_any_case_and_others_are_refused() throws Exception {
        Wire wire = wire();
        String unknown = "ERROR UNKNOWN_OPTION|Server does not recognize given option";

        assertThat(wire.send(OPTION_REQ, "EXCEPTIONS").read()).isEqualTo("OPTION_RES EXCEPTIONS");
        assertThat(wire.send(OPTION_REQ, "exceptions", "").read()).isEqualTo("OPTION_RES exceptions|");
        assertThat(wire.send(OPTION_REQ, "others").read()).isEqualTo(unknown);
        assertThat(wire.send(OPTION_REQ, "").read()).isEqualTo(unknown);
        assertThat(wire.send(OPTION_REQ, "x".repeat(64)).read()).isEqualTo(unknown);
        assertThat(wire.isQuiet()).isTrue();
    }

    @Test
    void a_name_is_cut_at_127_bytes_and_at_nul_and_may_hold_anything_else() throws Exception {
        Wire wire = wire().send(CAN_DO, function);

        assertThat(nameOf(wire.send(SET_CLIENT_ID, "i".repeat(200)))).isEqualTo("i".repeat(127));
        assertThat(nameOf(wire.send(SET_CLIENT_ID, "q", "rest"))).isEqualTo("q");
        assertThat(nameOf(wire.send(SET_CLIENT_ID, "a b\t:"))).isEqualTo("a b\t:");
        assertThat(nameOf(wire.send(SET_CLIENT_ID, ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "-1", "0", "1", "5 ", " 12345678", "00000000000000001000"})
    void a_time_out_is_read_as_far_as_it_is_a_number(String timeout) throws Exception {
        Wire wire = wire();

        wire.send(CAN_DO_TIMEOUT, function, timeout).settle();

        assertThat(wire.row("status", function)).isEqualTo("0 0 1");
    }

    @Test
    void a_time_out_of_21_digits_ends_the_connection() throws Exception {
        assertEnds(wire().send(CAN_DO_TIMEOUT, function, "000000000000000001000"));
    }

    Wire wire() throws IOException {
        return opened(new Wire(server().address()));
    }

    /** gearmand closes without a word; ours says why first. */
    static void assertEnds(Wire wire) throws IOException {
        String answer = wire.read();
        if (answer.startsWith("ERROR PROTOCOL_ERROR|")) {
            answer = wire.read();
        }
        assertThat(answer).isEqualTo("CLOSED");
    }

    private String nameOf(Wire wire) throws IOException {
        wire.settle().line("workers");
        String name = "none";
        for (String line = wire.readLine(); !line.equals(".\\n"); line = wire.readLine()) {
            if (line.endsWith(" : " + function + "\\n")) {
                name = line.split(" ", 3)[2].replace(" : " + function + "\\n", "");
            }
        }
        return name;
    }
}
