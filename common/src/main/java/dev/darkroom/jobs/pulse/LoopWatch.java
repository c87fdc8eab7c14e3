package dev.darkroom.jobs.pulse;

import dev.darkroom.clock.Pause;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process of which a loop no longer turns, though the process runs: it is of no use any more, and its supervisor
 * starts another. Says before which loop it was and where every thread stood. One daemon thread.
 */
public final class LoopWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);

    /** Longer than any wait of a loop for a database or a job server that does not answer, each of which is bounded. */
    public static final Duration LONGEST_TURN = Duration.ofSeconds(90);

    private final Duration longestTurn;
    private final List<Pulse> pulses;
    private final Runnable end;
    private final Pause pause;
    private final Thread thread = new Thread(this::watch, "loop-watch");

    /**
     * @param longestTurn after so long without a turn a loop counts as stuck
     * @param end ends the process, without waiting for any of its threads
     */
    public LoopWatch(Duration longestTurn, Collection<Pulse> pulses, Runnable end, Pause pause) {
        this.longestTurn = longestTurn;
        this.pulses = List.copyOf(pulses);
        this.end = end;
        this.pause = pause;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void watch() {
        Duration interval = longestTurn.dividedBy(10);
        long last = System.nanoTime();
        try {
            while (true) {
                pause.pause(interval);
                long now = System.nanoTime();
                // After the whole process stood still no loop has had its turn yet.
                if (now - last < interval.multipliedBy(3).toNanos() && isStuck()) {
                    end.run();
                    return;
                }
                last = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStuck() {
        for (Pulse pulse : pulses) {
            Duration silence = pulse.silence();
            if (silence.compareTo(longestTurn) > 0) {
                LOG.error(
                        "The loop \"{}\" has not turned for {}: this process is of no use any more and ends, for its"
                                + " supervisor to start another.{}",
                        pulse.name(),
                        silence,
                        stacks());
                return true;
            }
        }
        return false;
    }

    private static String stacks() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> stack :
                Thread.getAllStackTraces().entrySet()) {
            text.append("\n\"")
                    .append(stack.getKey().getName())
                    .append("\" ")
                    .append(stack.getKey().getState());
            for (StackTraceElement frame : stack.getValue()) {
                text.append("\n\tat ").append(frame);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            thread.join();
        }
    }
}
