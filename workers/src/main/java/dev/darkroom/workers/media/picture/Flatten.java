package dev.darkroom.workers.media.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/**
 * Brings a decoded square of any colour model to opaque RGB; what shines through is white. Colours are those of the file: its
 * profile, where the decoder did not apply it, is for {@link EmbeddedProfile}.
 */
final class Flatten {

    private Flatten() {}

    /** @param leastSide a picture of twice this side or more is halved on the way, so that no copy of its size is made */
    static BufferedImage toOpaqueRgb(BufferedImage picture, int leastSide) {
        BufferedImage usual = isUnusualGrey(picture) ? copyOfGrey(picture) : picture;
        int side = picture.getWidth() >= 2 * leastSide ? picture.getWidth() / 2 : picture.getWidth();
        BufferedImage flat = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = flat.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, side, side);
        // At half the size this is the mean of four pixels.
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(usual, 0, 0, side, side, null);
        graphics.dispose();
        return flat;
    }

    // Java takes grey for linear light, which files never are: all but its plain 8-bit type would come out too bright.
    private static boolean isUnusualGrey(BufferedImage picture) {
        return picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && picture.getType() != BufferedImage.TYPE_BYTE_GRAY;
    }

    private static BufferedImage copyOfGrey(BufferedImage picture) {
        BufferedImage copy = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Raster raster = picture.getRaster();
        int excessBits = picture.getColorModel().getComponentSize(0) - Byte.SIZE;
        boolean transparent = raster.getNumBands() > 1;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int grey = eightBits(raster.getSample(x, y, 0), excessBits);
                int alpha = transparent ? eightBits(raster.getSample(x, y, 1), excessBits) : 255;
                int seen = (grey * alpha + 255 * (255 - alpha)) / 255;
                copy.getRaster().setSample(x, y, 0, seen);
            }
        }
        return copy;
    }

    private static int eightBits(int sample, int excessBits) {
        return excessBits >= 0 ? sample >> excessBits : sample * 255 / ((1 << (Byte.SIZE + excessBits)) - 1);
    }
}
