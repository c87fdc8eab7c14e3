package dev.darkroom.ops.killtest.judge;

import dev.darkroom.ops.killtest.effects.RunLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    record Run(long key, int turn, long at, long pid) {}

    /** A second run of the same turn, and the one before it. */
    record Repetition(Run before, Run again) {}

    private record Turn(long key, int turn) {}

    static List<Repetition> repeated(Path folder) throws IOException {
        Map<Turn, List<Run>> byTurn = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    read(file, Long.parseLong(name.group(1)), byTurn);
                }
            }
        }
        List<Repetition> repeated = new ArrayList<>();
        byTurn.values().stream().filter(runs -> runs.size() > 1).forEach(runs -> {
            runs.sort(Comparator.comparingLong(Run::at));
            for (int i = 1; i < runs.size(); i++) {
                repeated.add(new Repetition(runs.get(i - 1), runs.get(i)));
            }
        });
        return repeated;
    }

    private static void read(Path file, long pid, Map<Turn, List<Run>> byTurn) throws IOException {
        ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(file));
        while (records.remaining() >= RunLog.RECORD) {
            long key = records.getLong();
            long at = records.getLong();
            int turn = records.getInt();
            byTurn.computeIfAbsent(new Turn(key, turn), first -> new ArrayList<>(1))
                    .add(new Run(key, turn, at, pid));
        }
    }
}
