package dev.darkroom.ops.bench.sustained;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All samples as CSV, each on the disk as soon as it is taken. */
final class SampleFile implements AutoCloseable {

    private final SequenceWriter rows;

    /** Replaces the file. */
    SampleFile(Path file) throws IOException {
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
        Arrays.stream(Column.values()).map(Column::key).forEach(schema::addNumberColumn);
        rows = new CsvMapper().writer(schema.build()).writeValues(file.toFile());
        rows.flush();
    }

    void add(Sample sample) throws IOException {
        rows.write(Arrays.stream(Column.values())
                .map(column -> shortest(column.of(sample)))
                .toArray());
        rows.flush();
    }

    private static @Nullable Number shortest(@Nullable Double value) {
        if (value == null || value != Math.rint(value)) {
            return value;
        }
        return value.longValue();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
