package dev.darkroom.ops.killtest.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a producer knows of its transactions, in a file of its own: one line when it begins one, one when it has its answer. Each
 * is written before the producer goes on, so that a killed one leaves at most its last transaction without an answer. Used by one
 * thread.
 */
public final class CommitLog implements Closeable {

    /** First word of a line: {@code begin BATCH FIRST COUNT}; the others are followed by the batch alone. */
    public static final String BEGIN = "begin";

    /** What a producer may learn of a transaction. */
    public enum Answer {
        ACKNOWLEDGED,
        FAILED,
        UNKNOWN
    }

    private final FileChannel file;

    CommitLog(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void begin(int batch, int first, int count) throws IOException {
        write(BEGIN + " " + batch + " " + first + " " + count);
    }

    void answered(int batch, Answer answer) throws IOException {
        write(answer + " " + batch);
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
