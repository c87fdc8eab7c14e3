package dev.darkroom.workers.media.picture;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoInspector;
import dev.darkroom.media.PhotoLimits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * HEIC by libheif's converter: it makes a JPEG, upright and with the file's profile, which the engine for JPEG reads.
 * Thread-safe.
 */
final class HeicEngine implements PhotoEngine {

    /** 25 megapixels decoded, as planes, and converted: some 400 MB, and the stacks of its threads. */
    private static final long MEMORY = 2L << 30;

    private static final long OUTPUT = 64L << 20;

    private final Path converter;
    private final BoundedProgram program;
    private final PhotoInspector inspector;
    private final PhotoEngine jpeg;

    HeicEngine(Path converter, PhotoLimits limits, PhotoEngine jpeg) {
        this.converter = converter;
        this.program = new BoundedProgram(MEMORY, OUTPUT, limits.decoding());
        this.inspector = new PhotoInspector(limits.withBytes(OUTPUT));
        this.jpeg = jpeg;
    }

    @Override
    public BufferedImage square(Path file, PhotoInspection.Accepted photo, int side)
            throws IOException, DamagedPhotoException, InterruptedException {
        try (WorkFolder folder = WorkFolder.create()) {
            Path converted = folder.path().resolve("photo.jpg");
            program.run(
                    folder.path(),
                    List.of(
                            converter.toString(),
                            "-q",
                            "95",
                            file.toAbsolutePath().toString(),
                            converted.toString()));
            return jpeg.square(first(folder.path(), converted), inspect(first(folder.path(), converted)), side);
        }
    }

    // A file of several pictures becomes photo-1.jpg, photo-2.jpg and so on.
    private static Path first(Path folder, Path converted) {
        return Files.exists(converted) ? converted : folder.resolve("photo-1.jpg");
    }

    private PhotoInspection.Accepted inspect(Path converted) throws IOException, DamagedPhotoException {
        if (Files.exists(converted) && inspector.inspect(converted) instanceof PhotoInspection.Accepted accepted) {
            // The pixels are turned already; what the EXIF in it still says is of the original.
            return accepted.upright();
        }
        throw DamagedPhotoException.damaged(new IOException("The converter made no photo"));
    }
}
