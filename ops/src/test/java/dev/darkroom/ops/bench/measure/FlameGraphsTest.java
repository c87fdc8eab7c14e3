package dev.darkroom.ops.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ops.bench.servers.BenchJobServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlameGraphsTest {

    private static final int ARRAYS = 20_000;
    private static final int SIZE = 10_000;

    @TempDir
    private Path folder;

    @Test
    void draws_and_counts_the_objects_of_a_process() throws IOException, InterruptedException {
        FlameGraphs flames = FlameGraphs.into(folder);

        Process process = new ProcessBuilder(BenchJobServer.java(Allocating.class.getName(), flames.flags("some")))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(flames.draw())
                .singleElement()
                .satisfies(graph -> assertThat(graph).isNotEmptyFile());
        assertThat(flames.allocated().get("some")).isBetween((long) ARRAYS * SIZE / 2, (long) ARRAYS * SIZE * 2);
    }

    /** Makes so many arrays in a second: the recorder takes a sample every few milliseconds, and what comes after the last is not in it. */
    static final class Allocating {

        private static byte[] last = {};

        private Allocating() {}

        public static void main(String[] arguments) throws InterruptedException {
            for (int i = 0; i < ARRAYS; i++) {
                last = new byte[SIZE];
                if (i % 100 == 0) {
                    Thread.sleep(5);
                }
            }
            System.out.println(last.length);
        }
    }
}
