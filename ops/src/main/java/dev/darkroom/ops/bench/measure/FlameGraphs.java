package dev.darkroom.ops.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import one.convert.Arguments;
import one.convert.JfrToFlame;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVMs of a benchmark spend their time: each is sampled by the JVM's own flight recorder, and of each recording a
 * flame graph is drawn. Used by one thread.
 */
public final class FlameGraphs {

    /** Nothing is sampled. */
    public static final FlameGraphs NONE = new FlameGraphs(null);

    /** Calls into the operating system in which a thread mostly waits for others; the recorder cannot tell. */
    private static final String WAITING = ".*(EPoll\\.wait|Net\\.poll|FileInputStream\\.readBytes).*";

    private static final String ALLOCATION = "jdk.ObjectAllocationSample";

    private final @Nullable Path folder;
    private final Map<String, Path> recordings = new TreeMap<>();

    private FlameGraphs(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Into this folder, which is made where it is missing. */
    public static FlameGraphs into(Path folder) throws IOException {
        return new FlameGraphs(Files.createDirectories(folder).toAbsolutePath());
    }

    /** Flags of the JVM of this name. */
    public List<String> flags(String name) {
        if (folder == null) {
            return List.of();
        }
        Path recording = folder.resolve(name + ".jfr");
        recordings.put(name, recording);
        return List.of(
                "-Xlog:jfr+startup=off",
                "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
    }

    /** To be called when the JVMs have ended; returns what was drawn. */
    public List<Path> draw() {
        return recordings.entrySet().stream()
                .map(recording -> draw(recording.getKey(), recording.getValue()))
                .toList();
    }

    /** The bytes of objects that each JVM has made in its life, by its name; to be called when the JVMs have ended. */
    public Map<String, Long> allocated() {
        Map<String, Long> allocated = new TreeMap<>();
        recordings.forEach((name, recording) -> allocated.put(name, allocated(recording)));
        return allocated;
    }

    /** Each sample says how much its thread has allocated since its last one. */
    private static long allocated(Path recording) {
        long bytes = 0;
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals(ALLOCATION)) {
                    bytes += event.getLong("weight");
                }
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("The recording " + recording + " cannot be read", e);
        }
    }

    private static Path draw(String name, Path recording) {
        Path graph = recording.resolveSibling(name + ".html");
        try {
            JfrToFlame.convert(
                    recording.toString(),
                    graph.toString(),
                    new Arguments("--simple", "--title", name, "--exclude", WAITING));
            return graph;
        } catch (IOException e) {
            throw new UncheckedIOException("The recording " + recording + " cannot be drawn", e);
        }
    }
}
