package dev.darkroom.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a supervisor told, to be waited for. */
final class Events implements PartListener {

    record Ready(String part, long pid, boolean again) {}

    record Died(String part, String reason, Duration restartIn) {}

    private final BlockingQueue<Ready> ready = new LinkedBlockingQueue<>();
    private final BlockingQueue<Died> died = new LinkedBlockingQueue<>();

    @Override
    public void ready(String part, RunningPart running, boolean again) {
        ready.add(new Ready(part, running.pid(), again));
    }

    @Override
    public void ended(String part, long pid, int code) {
        // What tests wait for is what becomes of the part.
    }

    @Override
    public void died(String part, String reason, Duration restartIn) {
        died.add(new Died(part, reason, restartIn));
    }

    Ready nextReady() throws InterruptedException {
        Ready event = ready.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("a part becomes ready").isNotNull();
        return event;
    }

    Died nextDied() throws InterruptedException {
        Died event = died.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("a part dies").isNotNull();
        return event;
    }

    List<Ready> restarts() {
        return ready.stream().filter(Ready::again).toList();
    }
}
