package dev.darkroom.workers.media;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoInspector;
import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.format.Orientation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.resizers.configurations.ScalingMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the squares that are served from a photo as it was uploaded: centre crop, upright, sRGB, nothing left of the
 * original file but its pixels. A thread takes at most some 40 MB of heap for a JPEG, GIF or PNG of any accepted size, 100 MB
 * for a WebP, and up to 150 MB outside the heap for a progressive JPEG. Thread-safe.
 */
final class Renderer {

    private static final Logger LOGGER = LoggerFactory.getLogger(Renderer.class);
    private static final float QUALITY = 0.85f;

    private final PhotoInspector inspector;
    private final SquareReader squares;

    Renderer(PhotoLimits limits) {
        this.inspector = new PhotoInspector(limits);
        // Twice the largest side: what follows averages four pixels or more into one.
        this.squares = new SquareReader(limits, 2 * Rendition.STANDARD_RESOLUTION.side());
    }

    /**
     * @throws IOException if the file cannot be read at all
     * @throws InterruptedException if the thread was interrupted while decoding
     */
    RenderResult render(Path file) throws IOException, InterruptedException {
        PhotoInspection inspection = inspector.inspect(file);
        if (inspection instanceof PhotoInspection.Refused refused) {
            return new RenderResult.Unrenderable(refused.reason());
        }
        PhotoInspection.Accepted photo = (PhotoInspection.Accepted) inspection;
        try {
            return render(squares.read(file, photo.type()), photo.orientation());
        } catch (DamagedPhotoException e) {
            LOGGER.debug("A photo cannot be decoded and is refused", e);
            return new RenderResult.Unrenderable("The photo is damaged and cannot be shown; send it again");
        }
    }

    private static RenderResult render(BufferedImage decoded, Orientation orientation) throws IOException {
        BufferedImage flat = Flatten.toOpaqueRgb(decoded, Rendition.STANDARD_RESOLUTION.side());
        BufferedImage large = resize(flat, Rendition.STANDARD_RESOLUTION);
        BufferedImage standard = Upright.turn(large, orientation);
        BufferedImage low = resize(standard, Rendition.LOW_RESOLUTION);
        return new RenderResult.Rendered(Map.of(
                Rendition.STANDARD_RESOLUTION, encode(standard),
                Rendition.LOW_RESOLUTION, encode(low),
                Rendition.THUMBNAIL, encode(resize(low, Rendition.THUMBNAIL))));
    }

    private static BufferedImage resize(BufferedImage square, Rendition rendition) throws IOException {
        boolean grows = square.getWidth() < rendition.side();
        return Thumbnails.of(square)
                .forceSize(rendition.side(), rendition.side())
                .imageType(BufferedImage.TYPE_INT_RGB)
                .scalingMode(grows ? ScalingMode.BICUBIC : ScalingMode.PROGRESSIVE_BILINEAR)
                .asBufferedImage();
    }

    private static byte[] encode(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            parameters.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
