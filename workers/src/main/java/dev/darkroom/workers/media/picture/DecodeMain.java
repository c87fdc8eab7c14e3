package dev.darkroom.workers.media.picture;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoInspector;
import dev.darkroom.media.PhotoLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;

/** The process that a {@link ChildEngine} starts: decodes one photo and writes its square as PNG. What fails ends it. */
final class DecodeMain {

    private DecodeMain() {}

    /** @param arguments the photo, where the square goes, and its side in pixels */
    public static void main(String[] arguments) throws IOException, DamagedPhotoException, InterruptedException {
        // Whoever started this ends it when its time is up.
        PhotoLimits limits = PhotoLimits.DEFAULT.withDecoding(Duration.ofDays(1));
        Path photo = Path.of(arguments[0]);
        PhotoInspection inspection = new PhotoInspector(limits, true).inspect(photo);
        if (!(inspection instanceof PhotoInspection.Accepted accepted)) {
            throw DamagedPhotoException.damaged(new IOException(inspection.toString()));
        }
        ImageIO.setUseCache(false);
        ImageIO.write(
                new JavaEngine(limits).square(photo, accepted, Integer.parseInt(arguments[2])),
                "png",
                Path.of(arguments[1]).toFile());
    }
}
