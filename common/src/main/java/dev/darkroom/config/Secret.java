package dev.darkroom.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A value that nobody should read in a log or a stack trace. A configuration file never holds it: there it is written as
 * {@code env:NAME} or {@code file:/path}. Immutable.
 */
public final class Secret {

    private static final String FROM_ENVIRONMENT = "env:";
    private static final String FROM_FILE = "file:";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** A secret that the program itself holds. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /**
     * Fetches the secret that a configuration file refers to.
     *
     * @param reference {@code env:NAME} for an environment variable, {@code file:/path} for the content of a file, without
     *     the white space at its end
     * @throws IllegalArgumentException if it is written in another way, or if there is nothing there
     */
    @JsonCreator
    public static Secret referredToBy(String reference) {
        if (reference.startsWith(FROM_ENVIRONMENT)) {
            return fromEnvironment(reference.substring(FROM_ENVIRONMENT.length()));
        }
        if (reference.startsWith(FROM_FILE)) {
            return fromFile(Path.of(reference.substring(FROM_FILE.length())));
        }
        throw new IllegalArgumentException(
                "is a secret and must not be written here: put it into an environment variable"
                        + " or a file, and write env:NAME or file:/path");
    }

    private static Secret fromEnvironment(String name) {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(
                    "refers to the environment variable " + name + ", which is not set: set it");
        }
        return new Secret(value);
    }

    private static Secret fromFile(Path file) {
        try {
            String value = Files.readString(file).stripTrailing();
            if (value.isEmpty()) {
                throw new IllegalArgumentException(
                        "refers to the file " + file + ", which is empty: put the secret into it");
            }
            return new Secret(value);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "refers to the file " + file + ", which cannot be read: " + e.getMessage(), e);
        }
    }

    /** The secret itself: to be handed to a client, never to be logged. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
