package dev.darkroom.gearman.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void requests_and_bytes_are_bounded() {
        InFlight inFlight = new InFlight(3, 100);

        assertThat(inFlight.tryTake(60)).isTrue();
        assertThat(inFlight.tryTake(60)).isTrue();
        assertThat(inFlight.tryTake(0)).isFalse();
        assertThat(inFlight.bytes()).isEqualTo(120);
        inFlight.give(1, 60);
        assertThat(inFlight.tryTake(1)).isTrue();
        assertThat(inFlight.tryTake(1)).isTrue();
        assertThat(inFlight.tryTake(1)).isFalse();
        inFlight.give(3, 62);
        assertThat(inFlight.requests()).isZero();
        assertThat(inFlight.bytes()).isZero();
    }

    @Test
    void a_payload_larger_than_the_bound_comes_through() {
        InFlight inFlight = new InFlight(InFlight.MOST_REQUESTS, InFlight.MOST_BYTES);
        assertThat(inFlight.tryTake(Integer.MAX_VALUE)).isTrue();
        assertThat(inFlight.bytes()).isEqualTo(Integer.MAX_VALUE);
        assertThat(new InFlight(1, 1).tryTake(Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void who_waits_goes_on_when_there_is_room() {
        InFlight inFlight = new InFlight(1, 100);
        inFlight.tryTake(10);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> take(inFlight));

        inFlight.give(1, 10);

        assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo(true);
    }

    @Test
    void nobody_waits_after_the_end() {
        InFlight inFlight = new InFlight(1, 100);
        inFlight.tryTake(10);
        CompletableFuture<Boolean> waiting = new CompletableFuture<>();
        Thread thread = new Thread(() -> waiting.complete(take(inFlight)));
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        inFlight.close();

        assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo(false);
        assertThat(take(inFlight)).isFalse();
    }

    private static boolean take(InFlight inFlight) {
        try {
            return inFlight.take(1);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
