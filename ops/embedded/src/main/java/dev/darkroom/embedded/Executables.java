package dev.darkroom.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Programs that may be installed on this machine. */
final class Executables {

    /** Where administrators' programs lie on systems that leave them out of an ordinary user's PATH. */
    private static final String ALSO = File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";

    private Executables() {}

    static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin") + ALSO;
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
