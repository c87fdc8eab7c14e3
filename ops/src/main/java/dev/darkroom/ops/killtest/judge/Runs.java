package dev.darkroom.ops.killtest.judge;

import dev.darkroom.ops.killtest.effects.RunLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the logs of all workers and finds the turns that were run more than once. */
final class Runs {

    private static final Pattern FILE = Pattern.compile("runs-(\\d+)\\.log");

    private Runs() {}

    /**
     * A run of a job.
     *
     * @param at when it began, in milliseconds since 1970
     * @param pid of its worker
     */
    record Run(long key, int turn, long at, long pid) {

        boolean isSameTurnAs(Run other) {
            return key == other.key && turn == other.turn;
        }
    }

    /** A second run of the same turn, and the one before it. */
    record Repetition(Run before, Run again) {}

    static List<Repetition> repeated(Path folder) throws IOException {
        List<Run> runs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    read(file, Long.parseLong(name.group(1)), runs);
                }
            }
        }
        // Sorted in place: a map of the turns of a million jobs would take many times the memory.
        runs.sort(Comparator.comparingLong(Run::key).thenComparingInt(Run::turn).thenComparingLong(Run::at));
        List<Repetition> repeated = new ArrayList<>();
        for (int i = 1; i < runs.size(); i++) {
            if (runs.get(i).isSameTurnAs(runs.get(i - 1))) {
                repeated.add(new Repetition(runs.get(i - 1), runs.get(i)));
            }
        }
        return repeated;
    }

    private static void read(Path file, long pid, List<Run> runs) throws IOException {
        ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(file));
        while (records.remaining() >= RunLog.RECORD) {
            long key = records.getLong();
            long at = records.getLong();
            runs.add(new Run(key, records.getInt(), at, pid));
        }
    }
}
