package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.PhotoLimits;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The largest photos that are accepted, several at once in a process with a heap as small as that of a pool. It leaves when it
 * is out of memory, as a worker does.
 */
class WorstPhotosTest {

    private static final int AT_ONCE = 4;

    @TempDir
    private Path folder;

    @Test
    void two_worst_photos_at_once_neither_end_the_process_nor_spoil_good_ones() throws Exception {
        assertAllRendered(256, 2);
    }

    /** All at once they would take three times this heap. */
    @Test
    void in_a_heap_that_holds_one_they_wait_for_each_other() throws Exception {
        assertAllRendered(112, AT_ONCE);
    }

    private void assertAllRendered(int heapMib, int threads) throws Exception {
        Path good = TestPictures.writeJpeg(folder, quarters(900, 700), false);
        Path progressive = TestPictures.writeJpeg(folder, grey(5000, 5000), true);
        Path baseline = TestPictures.writeJpeg(folder, quarters(3660, 3660), false);
        List<Path> photos = List.of(progressive, progressive, good, baseline, baseline, baseline, baseline, good);

        Process process = start(heapMib, threads, photos);

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(report()).hasContent(String.join("\n", Collections.nCopies(photos.size(), "Rendered")));
        assertThat(process.exitValue()).isZero();
    }

    private Process start(int heapMib, int threads, List<Path> photos) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // As in production: otherwise the native decoder's threads make each other run out of
                // memory that is there.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:GCLockerRetryAllocationCount=1000",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heapMib + "m",
                "-cp",
                System.getProperty("java.class.path"),
                Rendering.class.getName(),
                Integer.toString(threads)));
        photos.forEach(photo -> command.add(photo.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(report().toFile())
                .start();
    }

    private Path report() {
        return folder.resolve("report");
    }

    private static BufferedImage quarters(int width, int height) {
        return TestPictures.quarters(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    private static BufferedImage grey(int width, int height) {
        return TestPictures.quarters(width, height, BufferedImage.TYPE_BYTE_GRAY);
    }

    /** The process. */
    static final class Rendering {

        private Rendering() {}

        /** @param arguments how many at once, then the photos; prints what became of each */
        public static void main(String[] arguments) throws Exception {
            Renderer renderer = new Renderer(PhotoLimits.DEFAULT.withDecoding(Duration.ofMinutes(5)));
            ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[0]));
            List<Future<RenderResult>> results = new ArrayList<>();
            for (String photo : List.of(arguments).subList(1, arguments.length)) {
                results.add(threads.submit(() -> renderer.render(Path.of(photo))));
            }
            for (Future<RenderResult> result : results) {
                System.out.println(result.get().getClass().getSimpleName());
            }
            threads.shutdown();
        }
    }
}
