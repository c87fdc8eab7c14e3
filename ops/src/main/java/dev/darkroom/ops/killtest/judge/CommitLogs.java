package dev.darkroom.ops.killtest.judge;

import dev.darkroom.ops.killtest.load.CommitLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the logs of all producers. */
final class CommitLogs {

    private static final Pattern FILE = Pattern.compile("producer-(\\d+)\\.log");

    private CommitLogs() {}

    static List<Batch> read(Path folder) throws IOException {
        List<Batch> batches = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    batches.addAll(read(Integer.parseInt(name.group(1)), Files.readAllLines(file)));
                }
            }
        }
        return batches;
    }

    /** A line that a killed producer has not finished is the answer to nothing. */
    static Collection<Batch> read(int producer, List<String> lines) {
        Map<Integer, Batch> batches = new TreeMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            int number = Integer.parseInt(words[1]);
            if (words[0].equals(CommitLog.BEGIN)) {
                batches.put(
                        number,
                        new Batch(
                                producer,
                                number,
                                Integer.parseInt(words[2]),
                                Integer.parseInt(words[3]),
                                CommitLog.Answer.UNKNOWN));
            } else {
                batches.computeIfPresent(number, (same, batch) -> batch.answered(CommitLog.Answer.valueOf(words[0])));
            }
        }
        return batches.values();
    }
}
