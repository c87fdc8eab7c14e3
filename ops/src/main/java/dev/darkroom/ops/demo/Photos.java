package dev.darkroom.ops.demo;

import dev.darkroom.ops.system.OpsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The photos of a folder: all of its files but notes and hidden ones, in the order of their names. */
final class Photos {

    private static final Set<String> NOTES = Set.of("md", "csv", "txt", "json", "yml", "yaml");

    private Photos() {}

    static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> photos = files.filter(Files::isRegularFile)
                    .filter(file -> !isNote(file.getFileName().toString()))
                    .sorted()
                    .toList();
            if (photos.isEmpty()) {
                throw new OpsException("There is no photo in " + folder + ": correct --photos.");
            }
            return photos;
        } catch (IOException e) {
            throw new OpsException("The folder " + folder + " can't be read (" + e + "): correct --photos.", e);
        }
    }

    private static boolean isNote(String name) {
        return name.startsWith(".")
                || NOTES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
