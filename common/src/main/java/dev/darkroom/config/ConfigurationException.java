package dev.darkroom.config;

import java.nio.file.Path;
import java.util.List;

/** A configuration file cannot be used. Holds everything that is wrong with it, so that one look mends it. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigurationException(Path file, List<String> problems) {
        super(message(file, problems));
        this.problems = List.copyOf(problems);
    }

    private static String message(Path file, List<String> problems) {
        return "The configuration " + file + " cannot be used:\n  " + String.join("\n  ", problems);
    }

    /** One line a problem: the key, what is wrong, and what to write instead. */
    public List<String> problems() {
        return problems;
    }
}
