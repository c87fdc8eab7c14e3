package dev.darkroom.workers.media.picture;

import java.time.Duration;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/**
 * Ends a decoding when its thread is interrupted or its time is up; decoders look at nothing else. Leaves the interrupt set.
 * For one decoding, by one thread.
 */
final class DecodeWatch implements IIOReadProgressListener {

    private final long began = System.nanoTime();
    private final long nanos;
    private boolean timeUp;

    /** @param longest how long the decoding may take from now on */
    DecodeWatch(Duration longest) {
        this.nanos = longest.toNanos();
    }

    /** Whether the decoding was ended because it took too long. */
    boolean timeUp() {
        return timeUp;
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        timeUp |= System.nanoTime() - began >= nanos;
        if (timeUp || Thread.currentThread().isInterrupted()) {
            source.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
}
