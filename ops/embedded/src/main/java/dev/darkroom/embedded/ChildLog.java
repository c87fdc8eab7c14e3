package dev.darkroom.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The part of a log file that belongs to one run: what was appended since the run began. */
record ChildLog(Path file, long from) {

    private static final int SHOWN_LINES = 12;
    private static final int LONGEST_READ = 1 << 20;

    static ChildLog from(Path file) throws IOException {
        return new ChildLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    List<String> lines() {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long start = Math.max(from, channel.size() - LONGEST_READ);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - start));
            channel.position(start);
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes);
            }
            return StandardCharsets.UTF_8
                    .decode(bytes.flip())
                    .toString()
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the log " + file, e);
        }
    }

    List<String> tail(int count) {
        List<String> lines = lines();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    boolean contains(String text) {
        return lines().stream().anyMatch(line -> line.contains(text));
    }

    String describeTail() {
        List<String> tail = tail(SHOWN_LINES);
        return tail.isEmpty()
                ? "It wrote nothing to " + file + "."
                : "Last lines of " + file + ":\n" + String.join("\n", tail);
    }
}
