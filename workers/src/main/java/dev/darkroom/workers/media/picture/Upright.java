package dev.darkroom.workers.media.picture;

import dev.darkroom.media.format.Orientation;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Turns a square picture upright, pixel for pixel. */
final class Upright {

    private Upright() {}

    static BufferedImage turn(BufferedImage square, Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return square;
        }
        int side = square.getWidth();
        AffineTransform transform =
                AffineTransform.getQuadrantRotateInstance(orientation.quarterTurns(), side / 2.0, side / 2.0);
        if (orientation.mirrored()) {
            transform.concatenate(new AffineTransform(-1, 0, 0, 1, side, 0));
        }
        BufferedImage upright = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = upright.createGraphics();
        graphics.drawImage(square, transform, null);
        graphics.dispose();
        return upright;
    }
}
