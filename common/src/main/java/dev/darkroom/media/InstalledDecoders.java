package dev.darkroom.media;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Programs that decode photos, where they are installed: none has to be.
 *
 * @param vips {@code vipsthumbnail} of libvips
 * @param heic {@code heif-convert} of libheif, or {@code heif-dec} as it is called since 1.18
 */
public record InstalledDecoders(Optional<Path> vips, Optional<Path> heic) {

    public static final InstalledDecoders NONE = new InstalledDecoders(Optional.empty(), Optional.empty());

    /** Looks through the folders of {@code PATH}; without a POSIX shell, which sets their limits, there are none. */
    public static InstalledDecoders find() {
        String path = System.getenv("PATH");
        return path == null || !Files.isExecutable(Path.of("/bin/sh")) ? NONE : findIn(path);
    }

    static InstalledDecoders findIn(String path) {
        return new InstalledDecoders(
                program(path, "vipsthumbnail"), program(path, "heif-convert").or(() -> program(path, "heif-dec")));
    }

    private static Optional<Path> program(String path, String name) {
        return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                .flatMap(InstalledDecoders::folder)
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    // A relative folder would name another file in each process.
    private static Stream<Path> folder(String name) {
        try {
            return Stream.of(Path.of(name)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }
}
