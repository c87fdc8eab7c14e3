package dev.darkroom.workers.media.picture;

import com.twelvemonkeys.image.ResampleOp;
import java.awt.image.BufferedImage;
import java.io.IOException;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.resizers.configurations.ScalingMode;

/** Brings a square to another side. */
final class Resize {

    private Resize() {}

    /** Each pixel of a smaller picture is the weighted mean of all it covers, so that fine patterns make no false ones. */
    static BufferedImage to(int side, BufferedImage square) throws IOException {
        if (square.getWidth() < side) {
            return Thumbnails.of(square)
                    .forceSize(side, side)
                    .imageType(BufferedImage.TYPE_INT_RGB)
                    .scalingMode(ScalingMode.BICUBIC)
                    .asBufferedImage();
        }
        if (square.getWidth() == side) {
            return square;
        }
        BufferedImage small = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        return new ResampleOp(side, side, ResampleOp.FILTER_TRIANGLE).filter(square, small);
    }
}
