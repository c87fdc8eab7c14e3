package dev.darkroom.gearman;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.admin.GearmanAdminFuzz;
import dev.darkroom.gearman.client.ClientConnectionFuzz;
import dev.darkroom.gearman.protocol.PacketDecoderFuzz;
import dev.darkroom.gearman.server.JobServerFuzz;
import dev.darkroom.gearman.server.RequestDecoderFuzz;
import dev.darkroom.gearman.worker.WorkerConnectionFuzz;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Replays what fuzzing found, one input a line as hexadecimal digits, and some hundred mutations of each: the same ones
 * each time. docs/fuzzing.md says how to search for more.
 */
class FuzzCorpusTest {

    private static final int MUTATIONS = 100;

    @Test
    void packets_cut_anywhere_are_read_as_the_reference_reads_them() throws IOException {
        replay("PacketDecoderFuzz", PacketDecoderFuzz::fuzzerTestOneInput);
    }

    @Test
    void packets_and_lines_cut_anywhere_are_read_as_the_reference_reads_them() throws IOException {
        replay("RequestDecoderFuzz", RequestDecoderFuzz::fuzzerTestOneInput);
    }

    @Test
    void a_server_survives_hostile_peers() throws IOException {
        replay("JobServerFuzz", JobServerFuzz::fuzzerTestOneInput);
    }

    @Test
    void the_admin_client_survives_a_hostile_server() throws IOException {
        replay("GearmanAdminFuzz", GearmanAdminFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_request_of_a_client_ends_whatever_the_server_says() throws IOException {
        replay("ClientConnectionFuzz", ClientConnectionFuzz::fuzzerTestOneInput);
    }

    @Test
    void a_worker_keeps_its_capacity_whatever_the_server_says() throws IOException {
        replay("WorkerConnectionFuzz", WorkerConnectionFuzz::fuzzerTestOneInput);
    }

    private static void replay(String name, Consumer<byte[]> target) throws IOException {
        List<String> lines;
        try (InputStream in = FuzzCorpusTest.class.getResourceAsStream("/fuzz/" + name + ".hex")) {
            lines = new String(in.readAllBytes(), US_ASCII).lines().toList();
        }
        assertThat(lines).isNotEmpty();
        SplittableRandom random = new SplittableRandom(1);
        for (String line : lines) {
            byte[] input = HexFormat.of().parseHex(line);
            run(target, input);
            for (int i = 0; i < MUTATIONS; i++) {
                run(target, mutated(input, random));
            }
        }
    }

    private static void run(Consumer<byte[]> target, byte[] input) {
        try {
            target.accept(input);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("Failed for " + HexFormat.of().formatHex(input), e);
        }
    }

    private static byte[] mutated(byte[] input, SplittableRandom random) {
        byte[] mutated = input.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
        }
        return mutated;
    }
}
