package dev.darkroom.media;

import dev.darkroom.media.format.PhotoHeader;
import dev.darkroom.media.format.UnusablePhotoException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says whether an upload is a photo that we take, by its content alone: name and declared type do not count. Reads headers
 * only and never decodes. Thread-safe.
 */
public final class PhotoInspector {

    private static final double MEGA = 1e6;

    private final PhotoLimits limits;
    private final boolean heic;

    /** Takes no HEIC. */
    public PhotoInspector(PhotoLimits limits) {
        this(limits, false);
    }

    /** @param heic whether HEIC photos are taken: only where a decoder for them is installed */
    public PhotoInspector(PhotoLimits limits, boolean heic) {
        this.limits = limits;
        this.heic = heic;
    }

    /** @throws IOException if the file cannot be read; what is wrong with its content is a refusal */
    public PhotoInspection inspect(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return inspect(content, Files.size(file));
        }
    }

    /** @throws IOException never in practice, as the bytes are in memory */
    public PhotoInspection inspect(byte[] bytes) throws IOException {
        return inspect(new ByteArrayInputStream(bytes), bytes.length);
    }

    /**
     * Reads the stream, if need be to its end; closing it is the caller's.
     *
     * @param length of the content in bytes
     */
    public PhotoInspection inspect(InputStream content, long length) throws IOException {
        if (length > limits.bytes()) {
            return new PhotoInspection.Refused(
                    "The file has " + length + " bytes; at most " + limits.bytes() + " are accepted");
        }
        try {
            return judge(PhotoHeader.read(content, length, heic));
        } catch (UnusablePhotoException e) {
            return new PhotoInspection.Refused(String.valueOf(e.getMessage()));
        }
    }

    private PhotoInspection judge(PhotoHeader header) {
        if (header.width() > limits.side() || header.height() > limits.side()) {
            return tooLarge(header, "no side may be longer than " + limits.side());
        }
        long most = limits.pixelsOf(header.type(), header.coding().progressive());
        if ((long) header.width() * header.height() > most) {
            return tooLarge(header, "at most %.1f megapixels are accepted in this format".formatted(most / MEGA));
        }
        return new PhotoInspection.Accepted(
                header.type(),
                header.width(),
                header.height(),
                header.exif().orientation(),
                header.coding(),
                header.exif().taken());
    }

    private static PhotoInspection tooLarge(PhotoHeader header, String limit) {
        return new PhotoInspection.Refused(
                "The photo has " + header.width() + " x " + header.height() + " pixels; " + limit);
    }
}
