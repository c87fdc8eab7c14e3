package dev.darkroom.workers.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** Brings a decoded picture of any colour model to opaque sRGB; what shines through is white. */
final class Flatten {

    private Flatten() {}

    static BufferedImage toOpaqueRgb(BufferedImage picture) {
        BufferedImage flat = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        if (isUnusualGrey(picture)) {
            copyGrey(picture, flat);
            return flat;
        }
        Graphics2D graphics = flat.createGraphics();
        graphics.drawImage(picture, 0, 0, Color.WHITE, null);
        graphics.dispose();
        return flat;
    }

    // Java takes grey for linear light, which files never are: all but its plain 8-bit type would come out too bright.
    private static boolean isUnusualGrey(BufferedImage picture) {
        return picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && picture.getType() != BufferedImage.TYPE_BYTE_GRAY;
    }

    private static void copyGrey(BufferedImage picture, BufferedImage flat) {
        Raster raster = picture.getRaster();
        int excessBits = picture.getColorModel().getComponentSize(0) - Byte.SIZE;
        boolean transparent = raster.getNumBands() > 1;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int grey = eightBits(raster.getSample(x, y, 0), excessBits);
                int alpha = transparent ? eightBits(raster.getSample(x, y, 1), excessBits) : 255;
                int seen = (grey * alpha + 255 * (255 - alpha)) / 255;
                flat.setRGB(x, y, seen << 16 | seen << 8 | seen);
            }
        }
    }

    private static int eightBits(int sample, int excessBits) {
        return excessBits >= 0 ? sample >> excessBits : sample * 255 / ((1 << (Byte.SIZE + excessBits)) - 1);
    }
}
