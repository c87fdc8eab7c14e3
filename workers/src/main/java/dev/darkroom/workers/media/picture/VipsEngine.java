package dev.darkroom.workers.media.picture;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoLimits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * libvips by its program vipsthumbnail, a process for each photo. It makes what is larger smaller; what is smaller is grown
 * here, and turned here, so that both engines agree on that to the pixel. Thread-safe.
 */
final class VipsEngine implements PhotoEngine {

    /** The libraries take 300 MB of address space, a progressive JPEG or WebP of accepted size some 300 more. */
    private static final long MEMORY = 1L << 30;

    /** An uncompressed square of the largest rendition takes 1.5 MB; large photos are unpacked to disk. */
    private static final long OUTPUT = 512L << 20;

    private final Path vipsthumbnail;
    private final BoundedProgram program;

    VipsEngine(Path vipsthumbnail, PhotoLimits limits) {
        this.vipsthumbnail = vipsthumbnail;
        this.program = new BoundedProgram(MEMORY, OUTPUT, limits.decoding());
    }

    @Override
    public BufferedImage square(Path file, PhotoInspection.Accepted photo, int side)
            throws IOException, DamagedPhotoException, InterruptedException {
        try (WorkFolder folder = WorkFolder.create()) {
            Path square = folder.path().resolve("square.png");
            int shorter = Math.min(photo.width(), photo.height());
            program.run(folder.path(), command(file, photo, square, Math.min(side, shorter)));
            if (!Files.exists(square)) {
                throw DamagedPhotoException.damaged(new IOException("vipsthumbnail wrote nothing"));
            }
            BufferedImage flat = Flatten.toOpaqueRgb(ImageIO.read(square.toFile()), side);
            return Upright.turn(Resize.to(side, flat), photo.orientation());
        }
    }

    private List<String> command(Path file, PhotoInspection.Accepted photo, Path square, int side) {
        List<String> command = new ArrayList<>(List.of(
                vipsthumbnail.toString(),
                "--size",
                side + "x" + side,
                "--smartcrop",
                "centre",
                "--no-rotate",
                "--output",
                square + "[compression=1,strip]"));
        if (photo.coding().profiled()) {
            // Without a profile in the file the colours would be converted from a guess.
            command.addAll(List.of("--export-profile", "srgb"));
        }
        command.add(file.toAbsolutePath().toString());
        return command;
    }
}
