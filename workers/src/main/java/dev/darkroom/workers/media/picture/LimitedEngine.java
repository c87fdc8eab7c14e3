package dev.darkroom.workers.media.picture;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.format.PhotoType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * Lets photos be decoded at once as long as there is memory for all of them; others wait for their turn, in the order in which
 * they came. What takes more than there is in all is decoded alone. Thread-safe.
 */
final class LimitedEngine implements PhotoEngine {

    private static final int KILO = 1_000;

    /** Pixels of a decoded square that is halved at once, as bytes of both pictures; and what every photo takes. */
    private static final int DECODED_BYTES = 5;

    private static final long LEAST = 4_000_000;

    /** Coefficients of a progressive JPEG, outside the heap. */
    private static final int PROGRESSIVE_BYTES = 8;

    /** A WebP is held several times; a HEIC as planes and as a picture, by another process. */
    private static final int WHOLE_BYTES = 12;

    private final PhotoEngine engine;
    private final int most;
    private final Semaphore room;

    /** @param bytes of memory for all photos together that are being decoded */
    LimitedEngine(PhotoEngine engine, long bytes) {
        this.engine = engine;
        this.most = kilobytes(bytes);
        this.room = new Semaphore(most, true);
    }

    /** Three quarters of what the heap may grow to: the rest is for everything else. */
    static LimitedEngine withinHeap(PhotoEngine engine) {
        return new LimitedEngine(engine, Runtime.getRuntime().maxMemory() / 4 * 3);
    }

    @Override
    public BufferedImage square(Path file, PhotoInspection.Accepted photo, int side)
            throws IOException, DamagedPhotoException, InterruptedException {
        int wanted = Math.min(most, kilobytes(bytesFor(photo)));
        room.acquire(wanted);
        try {
            return engine.square(file, photo, side);
        } finally {
            room.release(wanted);
        }
    }

    /** About what a photo takes while it is decoded, wherever that is; rather too much. */
    static long bytesFor(PhotoInspection.Accepted photo) {
        long side = Math.min(photo.width(), photo.height());
        long pixels = (long) photo.width() * photo.height();
        long decoded = LEAST + Math.min(side * side * DECODED_BYTES, SquareReader.MOST_BYTES * DECODED_BYTES / 3);
        if (photo.type() == PhotoType.WEBP || photo.type() == PhotoType.HEIC) {
            return decoded + pixels * WHOLE_BYTES;
        }
        return photo.coding().progressive() ? decoded + pixels * PROGRESSIVE_BYTES : decoded;
    }

    private static int kilobytes(long bytes) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, bytes / KILO));
    }
}
