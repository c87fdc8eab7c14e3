package dev.darkroom.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Photos from real cameras and hostile uploads, with what is known of each. They are too large for the repository: tests
 * that use them are skipped where the folder named by {@code DARKROOM_SHARED_DATA}, or {@code shared/data} beside one of
 * the folders above, is absent.
 */
public final class SamplePhotos {

    private static final Pattern COMMA_OUTSIDE_QUOTES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    /** One line of a manifest: the file and its columns by name. */
    public record Sample(Path file, Map<String, String> columns) {

        public String get(String column) {
            return columns.getOrDefault(column, "");
        }

        @Override
        public String toString() {
            return String.valueOf(file.getFileName());
        }
    }

    private SamplePhotos() {}

    public static List<Sample> photos() {
        return folder("photos").map(SamplePhotos::manifest).orElse(List.of());
    }

    public static List<Sample> badUploads() {
        return folder("bad-uploads").map(SamplePhotos::manifest).orElse(List.of());
    }

    private static Optional<Path> folder(String name) {
        String configured = System.getProperty("darkroom.shared.data", System.getenv("DARKROOM_SHARED_DATA"));
        Stream<Path> candidates = configured != null
                ? Stream.of(Path.of(configured))
                : Stream.iterate(Path.of("").toAbsolutePath(), above -> above != null, Path::getParent)
                        .map(above -> above.resolve("shared").resolve("data"));
        return candidates
                .map(data -> data.resolve(name))
                .filter(data -> Files.isRegularFile(data.resolve("MANIFEST.csv")))
                .findFirst();
    }

    private static List<Sample> manifest(Path folder) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("MANIFEST.csv"), StandardCharsets.UTF_8);
            List<String> names = cells(lines.get(0));
            return lines.stream()
                    .skip(1)
                    .map(SamplePhotos::cells)
                    .map(cells -> new Sample(folder.resolve(cells.get(0)), columns(names, cells)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.asList(COMMA_OUTSIDE_QUOTES.split(line, -1));
    }

    private static Map<String, String> columns(List<String> names, List<String> cells) {
        Map<String, String> columns = new LinkedHashMap<>();
        IntStream.range(0, names.size()).forEach(i -> columns.put(names.get(i), cells.get(i)));
        return columns;
    }
}
