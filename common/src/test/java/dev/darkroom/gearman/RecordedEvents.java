package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.WorkerListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a worker's listener heard, in order, so that a test can wait for it. */
public final class RecordedEvents implements WorkerListener {

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @Override
    public void connected(ServerAddress server) {
        seen.add("connected");
    }

    @Override
    public void connectionLost(ServerAddress server, Throwable cause) {
        seen.add("lost");
    }

    @Override
    public void answerDropped(AssignedJob job, String reason) {
        seen.add("dropped: " + reason);
    }

    @Override
    public void serverError(ServerAddress server, String code, String text) {
        seen.add(code);
    }

    /** Waits for the next event and says what it is. */
    public String next() throws InterruptedException {
        String event = seen.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }

    /** Waits until this many events have come that start so; forgets the others. */
    public void await(String start, int count) throws InterruptedException {
        for (int found = 0; found < count; ) {
            if (next().startsWith(start)) {
                found++;
            }
        }
    }

    public boolean isEmpty() {
        return seen.isEmpty();
    }
}
