package dev.darkroom.testing;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class of tests, of those about connections, behind which a Netty buffer was lost: collected without having been
 * released. Registered for all tests by the service file; tests run with {@code io.netty.leakDetection.level=paranoid}, so
 * that every buffer is watched and a report says who touched it last.
 */
public final class BufferLeaks implements AfterAllCallback {

    private static final String WATCHED = "dev.darkroom.gearman";
    private static final long COLLECTION_MILLIS = 10_000;
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (context.getRequiredTestClass().getPackageName().startsWith(WATCHED)) {
            collect();
            List<String> found = List.copyOf(LEAKS);
            LEAKS.clear();
            if (!found.isEmpty()) {
                throw new AssertionError(
                        found.size() + " buffers were never released, by this class of tests or one that"
                                + " ran before it: " + String.join("\n", found));
            }
        }
    }

    /** Has garbage collected and its buffers reported. */
    private static void collect() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> witness = new WeakReference<>(new Object(), collected);
        System.gc();
        if (collected.remove(COLLECTION_MILLIS) != witness) {
            throw new AssertionError("The garbage was not collected within " + COLLECTION_MILLIS + " ms");
        }
        // Reports are made when the next buffer is watched.
        ByteBufAllocator.DEFAULT.directBuffer(1).release();
        ByteBufAllocator.DEFAULT.heapBuffer(1).release();
    }

    private static final class Factory extends ResourceLeakDetectorFactory {

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
            return new Detector<>(resource, samplingInterval);
        }

        @Deprecated
        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            return new Detector<>(resource, samplingInterval);
        }
    }

    private static final class Detector<T> extends ResourceLeakDetector<T> {

        Detector(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType);
        }
    }
}
