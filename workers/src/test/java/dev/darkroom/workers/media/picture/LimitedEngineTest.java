package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.format.Orientation;
import dev.darkroom.media.format.PhotoCoding;
import dev.darkroom.media.format.PhotoType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitedEngineTest {

    private static final Path FILE = Path.of("photo");
    private static final PhotoInspection.Accepted SMALL = jpeg(1000, 1000, false);
    private static final PhotoInspection.Accepted WORST = jpeg(5000, 5000, true);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong most = new AtomicLong();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        threads.shutdown();
    }

    @Test
    void photos_decoded_at_once_take_no_more_together_than_there_is() throws Exception {
        long room = 3 * LimitedEngine.bytesFor(SMALL) + 1_000_000;
        LimitedEngine engine = new LimitedEngine(this::decode, room);

        List<Future<BufferedImage>> squares = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> squares.add(threads.submit(() -> engine.square(FILE, SMALL, 612))));

        for (Future<BufferedImage> square : squares) {
            assertThat(square.get()).isNotNull();
        }
        assertThat(most.get()).isBetween(2 * LimitedEngine.bytesFor(SMALL), room);
    }

    @Test
    void what_takes_more_than_there_is_is_decoded_alone() throws Exception {
        LimitedEngine engine = new LimitedEngine(this::decode, LimitedEngine.bytesFor(SMALL) * 2);

        List<Future<BufferedImage>> squares = new ArrayList<>();
        IntStream.range(0, 20)
                .forEach(i -> squares.add(threads.submit(() -> engine.square(FILE, i % 2 == 0 ? WORST : SMALL, 612))));

        for (Future<BufferedImage> square : squares) {
            assertThat(square.get()).isNotNull();
        }
        assertThat(most.get()).isEqualTo(LimitedEngine.bytesFor(WORST));
    }

    @Test
    void a_photo_that_cannot_be_decoded_gives_its_room_back() throws Exception {
        LimitedEngine engine = new LimitedEngine(
                (file, photo, side) -> {
                    if (photo.equals(WORST)) {
                        throw DamagedPhotoException.damaged(new IOException("cut"));
                    }
                    return decode(file, photo, side);
                },
                LimitedEngine.bytesFor(SMALL));

        assertThatThrownBy(() -> engine.square(FILE, WORST, 612)).isInstanceOf(DamagedPhotoException.class);
        assertThat(engine.square(FILE, SMALL, 612)).isNotNull();
    }

    @Test
    void whoever_waits_for_room_can_be_interrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        LimitedEngine engine = new LimitedEngine(
                (file, photo, side) -> {
                    begun.countDown();
                    end.await(1, TimeUnit.MINUTES);
                    return decode(file, photo, side);
                },
                LimitedEngine.bytesFor(SMALL));
        Future<BufferedImage> first = threads.submit(() -> engine.square(FILE, SMALL, 612));
        begun.await();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> engine.square(FILE, SMALL, 612)).isInstanceOf(InterruptedException.class);
        end.countDown();
        assertThat(first.get()).isNotNull();
    }

    private BufferedImage decode(Path file, PhotoInspection.Accepted photo, int side) {
        long bytes = LimitedEngine.bytesFor(photo);
        most.accumulateAndGet(held.addAndGet(bytes), Math::max);
        LockSupport.parkNanos(1_000_000);
        held.addAndGet(-bytes);
        return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    }

    private static PhotoInspection.Accepted jpeg(int width, int height, boolean progressive) {
        return new PhotoInspection.Accepted(
                PhotoType.JPEG, width, height, Orientation.UPRIGHT, new PhotoCoding(progressive, false, false), null);
    }
}
