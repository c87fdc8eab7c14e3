package dev.darkroom.gearman.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.JobServerContract;
import dev.darkroom.gearman.Priority;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients of one library with workers of another, foreign ones with each other too, so that the server stands alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PairContract extends JobServerContract {

    private static final byte[] NOTHING = {};

    /** Not ASCII, and different in every run: what was left by another must not answer. */
    private final String namespace = "prüfung-日本-" + UUID.randomUUID() + "-";

    private final Map<Doer, AutoCloseable> workers = new HashMap<>();

    static Stream<Arguments> pairs() {
        return callers()
                .flatMap(caller -> doers().filter(doer -> caller != Library.OURS || doer != Library.OURS)
                        .map(doer -> Arguments.of(caller, doer)));
    }

    /** PHP's client refuses to send an empty payload. */
    static Stream<Arguments> pairs_that_send_nothing() {
        return pairs().filter(pair -> pair.get()[0] != Scripts.PHP);
    }

    @AfterAll
    void stop_the_workers() throws Exception {
        for (AutoCloseable worker : workers.values()) {
            worker.close();
        }
    }

    @ParameterizedTest(name = "{0} client, {1} worker")
    @MethodSource("pairs")
    void every_byte_arrives_and_so_does_a_megabyte(Caller caller, Doer doer) {
        byte[] allBytes = new byte[256];
        for (int i = 0; i < allBytes.length; i++) {
            allBytes[i] = (byte) i;
        }
        byte[] megabyte = new byte[1 << 20];
        new Random(1).nextBytes(megabyte);

        assertThat(run(caller, doer, "reverse", allBytes)).containsExactly(complete(Library.reversed(allBytes)));
        assertThat(run(caller, doer, "reverse", megabyte, Priority.LOW))
                .containsExactly(complete(Library.reversed(megabyte)));
    }

    @ParameterizedTest(name = "{0} client, {1} worker")
    @MethodSource("pairs")
    void progress_data_and_warnings_come_in_order(Caller caller, Doer doer) {
        assertThat(run(caller, doer, "updates", "one".getBytes(UTF_8), Priority.HIGH))
                .containsExactly(
                        "status 1/2",
                        "data " + Scripts.hex("part one"),
                        "warning " + Scripts.hex("careful"),
                        "status 2/2",
                        complete("whole".getBytes(UTF_8)));
    }

    @ParameterizedTest(name = "{0} client, {1} worker")
    @MethodSource("pairs")
    void failures_and_exceptions_are_told_apart(Caller caller, Doer doer) {
        assertThat(run(caller, doer, "fail", "x".getBytes(UTF_8))).containsExactly("fail");
        assertThat(run(caller, doer, "exception", "x".getBytes(UTF_8)))
                .containsExactly("exception " + Scripts.hex("broken"));
    }

    @ParameterizedTest(name = "{0} client, {1} worker")
    @MethodSource("pairs_that_send_nothing")
    void an_empty_payload_and_an_empty_result_are_carried(Caller caller, Doer doer) {
        assertThat(run(caller, doer, "updates", NOTHING)).contains("data " + Scripts.hex("part "));
        // Perl's worker leaves out the NUL before an empty result, which no server understands.
        if (doer != Scripts.PERL) {
            assertThat(run(caller, doer, "reverse", NOTHING)).containsExactly(complete(NOTHING));
        }
    }

    private static Stream<Caller> callers() {
        return Stream.of(Scripts.PERL, Scripts.PHP, Library.OURS);
    }

    private static Stream<Doer> doers() {
        return Stream.of(Scripts.PERL, Scripts.PHP, Library.OURS);
    }

    private List<String> run(Caller caller, Doer doer, String what, byte[] payload) {
        return run(caller, doer, what, payload, Priority.NORMAL);
    }

    private List<String> run(Caller caller, Doer doer, String what, byte[] payload, Priority priority) {
        caller.require();
        doer.require();
        String prefix = namespace + doer + ".";
        workers.computeIfAbsent(doer, absent -> absent.start(server().address(), prefix));
        return caller.run(server().address(), prefix + what, payload, priority);
    }

    private static String complete(byte[] result) {
        return "complete " + HexFormat.of().formatHex(result);
    }
}
