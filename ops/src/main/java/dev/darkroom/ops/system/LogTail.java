package dev.darkroom.ops.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, however long the file is. */
final class LogTail {

    private static final int LONGEST = 1 << 14;

    private LogTail() {}

    static List<String> of(Path log, int count) {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LONGEST, channel.size()));
            channel.position(channel.size() - bytes.capacity());
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes);
            }
            List<String> lines = StandardCharsets.UTF_8
                    .decode(bytes.flip())
                    .toString()
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException("The log " + log + " can't be read", e);
        }
    }
}
