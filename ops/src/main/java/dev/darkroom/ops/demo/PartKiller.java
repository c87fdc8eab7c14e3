package dev.darkroom.ops.demo;

import dev.darkroom.clock.Pause;
import dev.darkroom.ops.system.RunningSystem;
import dev.darkroom.ops.terminal.Progress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Kills the parts of a running system one after another, as {@code kill -9} does, until it is closed; whoever runs the system
 * starts them again. Parts at a given address are left alone.
 */
final class PartKiller implements AutoCloseable {

    /** In this order, over and over. Both relays, because one of them is active. */
    private static final List<String> VICTIMS = List.of(
            "feed.deliver-1",
            "gearman",
            "api",
            "relay-1",
            "redis",
            "postgres",
            "media.render-1",
            "relay-2",
            "feed.fanout-1");

    private static final Pattern FURTHER_DATABASE = Pattern.compile("postgres-[0-9]+");

    private final RunningSystem system;
    private final Duration interval;
    private final Progress progress;
    private final List<String> victims;
    private final Map<String, Integer> kills = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "part-killer");

    private PartKiller(RunningSystem system, Duration interval, Progress progress) {
        this.system = system;
        this.interval = interval;
        this.progress = progress;
        this.victims = victims(system.state().pids().keySet());
    }

    /** In their turn; after the first database's server those of the further ones. */
    static List<String> victims(Collection<String> parts) {
        List<String> further = parts.stream()
                .filter(part -> FURTHER_DATABASE.matcher(part).matches())
                .sorted()
                .toList();
        return VICTIMS.stream()
                .filter(parts::contains)
                .flatMap(part ->
                        part.equals("postgres") ? Stream.concat(Stream.of(part), further.stream()) : Stream.of(part))
                .toList();
    }

    /** @param interval between two kills; zero kills nothing */
    static PartKiller start(RunningSystem system, Duration interval, Progress progress) {
        PartKiller killer = new PartKiller(system, interval, progress);
        if (!interval.isZero() && !killer.victims.isEmpty()) {
            killer.thread.setDaemon(true);
            killer.thread.start();
        }
        return killer;
    }

    /** How often each part was killed. */
    Map<String, Integer> kills() {
        return new TreeMap<>(kills);
    }

    private void run() {
        try {
            for (int next = 0; ; next++) {
                Pause.SLEEP.pause(interval);
                kill(victims.get(next % victims.size()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill(String part) {
        system.process(part).filter(ProcessHandle::destroyForcibly).ifPresent(process -> {
            kills.merge(part, 1, Integer::sum);
            progress.say("killed " + part + ", process " + process.pid());
        });
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
