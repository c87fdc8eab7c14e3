package dev.darkroom.ops.failures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.darkroom.jobs.failures.FailureDetail;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** Writes failed jobs one after another, as CSV with a heading or as JSON lines. Used by one thread. */
final class FailureExport implements Consumer<FailureDetail>, AutoCloseable {

    private static final List<String> COLUMNS = List.of(
            "id",
            "type",
            "lane",
            "attempts",
            "fingerprint",
            "error_class",
            "message",
            "failed_at",
            "created_at",
            "worker",
            "replay_id",
            "stack",
            "arguments",
            "trace");

    private final OutputStream out;
    private final SequenceWriter writer;

    private final ExportCommand.Format format;

    private FailureExport(OutputStream out, SequenceWriter writer, ExportCommand.Format format) {
        this.out = out;
        this.writer = writer;
        this.format = format;
    }

    static FailureExport to(OutputStream out, ExportCommand.Format format) throws IOException {
        return new FailureExport(out, writer(format).writeValues(out), format);
    }

    private static ObjectWriter writer(ExportCommand.Format format) {
        if (format == ExportCommand.Format.JSONL) {
            return new ObjectMapper().writer().withRootValueSeparator("\n");
        }
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
        COLUMNS.forEach(schema::addColumn);
        return new CsvMapper().writer(schema.build());
    }

    @Override
    public void accept(FailureDetail failure) {
        try {
            writer.write(FailureLines.members(failure));
        } catch (IOException e) {
            throw new UncheckedIOException("The export stopped: " + e.getMessage(), e);
        }
    }

    /** Writes out what is still held back, and ends the last line. */
    void finish() throws IOException {
        writer.flush();
        if (format == ExportCommand.Format.JSONL) {
            out.write('\n');
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
        out.close();
    }
}
