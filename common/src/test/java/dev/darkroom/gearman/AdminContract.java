package dev.darkroom.gearman;

import static dev.darkroom.gearman.protocol.PacketType.CAN_DO;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB;
import static dev.darkroom.gearman.protocol.PacketType.RESET_ABILITIES;
import static dev.darkroom.gearman.protocol.PacketType.SET_CLIENT_ID;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_BG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.admin.FunctionStatus;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.admin.ListedJob;
import dev.darkroom.gearman.admin.PriorityStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every admin command, at any job server. */
abstract class AdminContract extends JobServerContract {

    private GearmanAdmin admin;
    private Wire wire;

    @BeforeEach
    void connect() throws Exception {
        admin = opened(new GearmanAdmin(server().address()));
        wire = opened(new Wire(server().address()));
    }

    @Test
    void the_server_tells_of_itself() {
        assertThat(admin.version()).matches("\\d+\\.\\d+.*");
        assertThat(admin.processId()).isPositive();
        assertThat(admin.verbosity()).isEqualTo("ERROR");
    }

    @Test
    void jobs_are_listed_counted_and_cancelled() throws Exception {
        String background = wire.send(SUBMIT_JOB_BG, function, "key-" + function.substring(0, 9), "")
                .readHandle();
        String foreground = wire.send(SUBMIT_JOB, function, "", "").readHandle();

        assertThat(admin.priorityStatus()).containsEntry(function, new PriorityStatus(0, 2, 0, 0));
        assertThat(admin.uniqueKeys()).contains("key-" + function.substring(0, 9));
        assertThat(admin.jobs())
                .contains(new ListedJob(background, 0, false, true), new ListedJob(foreground, 0, false, false));
        assertThat(admin.cancel(background)).isTrue();
        assertThat(admin.cancel("H:nobody:1")).isFalse();
        assertThat(admin.jobs()).contains(new ListedJob(background, 0, true, false));
        assertThat(wire.send(CAN_DO, function).send(GRAB_JOB).readHandle()).isEqualTo(foreground);
        assertThat(admin.status()).containsEntry(function, new FunctionStatus(1, 1, 1));
    }

    @Test
    void functions_are_created_and_dropped() throws Exception {
        admin.createFunction(function);
        assertThat(admin.status()).containsEntry(function, new FunctionStatus(0, 0, 0));
        wire.send(CAN_DO, function).settle();
        assertThatThrownBy(() -> admin.dropFunction(function))
                .isInstanceOf(ServerErrorException.class)
                .hasMessageContaining("still connected workers");
        wire.send(RESET_ABILITIES).settle();

        admin.dropFunction(function);

        assertThat(admin.status()).doesNotContainKey(function);
        assertThatThrownBy(() -> admin.dropFunction(function))
                .isInstanceOf(ServerErrorException.class)
                .hasMessageContaining("function not found");
    }

    @Test
    void limits_are_set_for_all_priorities_or_for_each() throws Exception {
        admin.createFunction(function);
        admin.maxQueue(function, 0, 1, 0);
        wire.send(SUBMIT_JOB_BG, function, "", "").readHandle();
        assertThat(wire.send(SUBMIT_JOB_BG, function, "", "").read()).startsWith("ERROR QUEUE_ERROR");

        admin.maxQueue(function, 2);

        wire.send(SUBMIT_JOB_BG, function, "", "").readHandle();
        assertThat(wire.send(SUBMIT_JOB_BG, function, "", "").read()).startsWith("ERROR QUEUE_ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tab\tin", "line\nbreak", "two\n\nbreaks\n", "a b", "\u00e9\u6f22", ".", "ERR x", "5\t6"})
    void any_name_comes_back(String odd) throws Exception {
        String name = function + odd;
        wire.send(SET_CLIENT_ID, function)
                .send(CAN_DO, new String(name.getBytes(UTF_8), ISO_8859_1))
                .settle();

        assertThat(admin.status()).containsEntry(name, new FunctionStatus(0, 0, 1));
        assertThat(admin.priorityStatus()).containsEntry(name, new PriorityStatus(0, 0, 0, 1));
        assertThat(admin.workers())
                .filteredOn(worker -> worker.clientId().equals(function))
                .singleElement()
                .satisfies(worker ->
                        assertThat(String.join(" ", worker.functions())).isEqualTo(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", " : x", "line\nbreak", ""})
    void any_client_name_comes_back(String odd) throws Exception {
        wire.send(SET_CLIENT_ID, odd).send(CAN_DO, function).settle();

        assertThat(admin.workers()).anySatisfy(worker -> {
            assertThat(worker.functions()).endsWith(function);
            assertThat(worker.address()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void a_name_that_looks_like_the_end_of_a_table_does_not_spoil_the_next_answer() throws Exception {
        wire.send(CAN_DO, function + "\n.\n").settle();
        try {
            admin.status();
        } catch (ProtocolException e) {
            assertThat(e).hasMessageContaining("numbers was expected");
        }

        assertThat(admin.version()).matches("\\d+\\.\\d+.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nshutdown", "tab\t", "\u007f"})
    void what_no_line_can_carry_is_not_sent(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> admin.maxQueue(name, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> admin.maxQueue(name, 1, 2, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> admin.createFunction(name));
        assertThatIllegalArgumentException().isThrownBy(() -> admin.dropFunction(name));
        assertThatIllegalArgumentException().isThrownBy(() -> admin.cancel(name));
        assertThatIllegalArgumentException().isThrownBy(() -> admin.createFunction("n".repeat(8_001)));
    }
}
