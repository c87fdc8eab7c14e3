package dev.darkroom.workers.media.picture;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoLimits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Java's decoders in a JVM of its own, for what may take more memory than this process has: should it not be enough there
 * either, only that JVM ends. Thread-safe.
 */
final class ChildEngine implements PhotoEngine {

    /** Of the decoder's heap: 25 megapixels of WebP take some 270. */
    static final int HEAP_MIB = 512;

    /** What a JVM reserves beside its heap is much more than it uses. */
    private static final long ADDRESSES = 3L << 30;

    private static final long OUTPUT = 16L << 20;

    private final int heapMib;
    private final BoundedProgram program;

    ChildEngine(Duration decoding, int heapMib) {
        this.heapMib = heapMib;
        this.program = new BoundedProgram(ADDRESSES, OUTPUT, decoding);
    }

    ChildEngine(PhotoLimits limits) {
        this(limits.decoding(), HEAP_MIB);
    }

    @Override
    public BufferedImage square(Path file, PhotoInspection.Accepted photo, int side)
            throws IOException, DamagedPhotoException, InterruptedException {
        try (WorkFolder folder = WorkFolder.create()) {
            Path square = folder.path().resolve("square.png");
            program.run(folder.path(), command(file, square, side));
            if (!Files.exists(square)) {
                throw DamagedPhotoException.damaged(new IOException("The decoder wrote nothing"));
            }
            // Flat and upright already.
            return Flatten.toOpaqueRgb(ImageIO.read(square.toFile()), side);
        }
    }

    private List<String> command(Path file, Path square, int side) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMib + "m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:CompressedClassSpaceSize=32m",
                "-XX:ReservedCodeCacheSize=48m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                DecodeMain.class.getName(),
                file.toAbsolutePath().toString(),
                square.toString(),
                Integer.toString(side));
    }
}
