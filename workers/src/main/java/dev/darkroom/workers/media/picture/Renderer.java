package dev.darkroom.workers.media.picture;

import dev.darkroom.config.MediaConfiguration;
import dev.darkroom.media.InstalledDecoders;
import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoInspector;
import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.Rendition;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the squares that are served from a photo as it was uploaded: nothing is left of the original file but its pixels.
 * Thread-safe.
 */
public final class Renderer {

    private static final Logger LOGGER = LoggerFactory.getLogger(Renderer.class);
    private static final float QUALITY = 0.85f;

    private final PhotoInspector inspector;
    private final PhotoEngine engine;

    /** Java alone: no HEIC. */
    public Renderer(PhotoLimits limits) {
        this(new PhotoInspector(limits), PhotoEngines.open(limits, MediaConfiguration.DEFAULT, InstalledDecoders.NONE));
    }

    /** With the decoders that are installed here, as far as the configuration wants them. */
    public static Renderer open(PhotoLimits limits, MediaConfiguration configuration, InstalledDecoders installed) {
        // What the API has taken is judged here by whether it can be decoded: the reason is then true.
        PhotoInspector inspector = new PhotoInspector(limits, true);
        return new Renderer(inspector, PhotoEngines.open(limits, configuration, installed));
    }

    Renderer(PhotoInspector inspector, PhotoEngine engine) {
        this.inspector = inspector;
        this.engine = LimitedEngine.withinHeap(engine);
    }

    /**
     * @throws IOException if the file cannot be read at all
     * @throws InterruptedException if the thread was interrupted while decoding
     */
    public RenderResult render(Path file) throws IOException, InterruptedException {
        PhotoInspection inspection = inspector.inspect(file);
        if (inspection instanceof PhotoInspection.Refused refused) {
            return new RenderResult.Unrenderable(refused.reason());
        }
        try {
            return render(
                    engine.square(file, (PhotoInspection.Accepted) inspection, Rendition.STANDARD_RESOLUTION.side()));
        } catch (DamagedPhotoException e) {
            LOGGER.debug("A photo cannot be decoded and is refused", e);
            return new RenderResult.Unrenderable(String.valueOf(e.getMessage()));
        }
    }

    private static RenderResult render(BufferedImage standard) throws IOException {
        BufferedImage low = Resize.to(Rendition.LOW_RESOLUTION.side(), standard);
        BufferedImage thumbnail = Resize.to(Rendition.THUMBNAIL.side(), standard);
        return new RenderResult.Rendered(Map.of(
                Rendition.STANDARD_RESOLUTION, encode(standard),
                Rendition.LOW_RESOLUTION, encode(low),
                Rendition.THUMBNAIL, encode(thumbnail)));
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
