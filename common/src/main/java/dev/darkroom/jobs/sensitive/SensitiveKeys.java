package dev.darkroom.jobs.sensitive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys for sensitive arguments, written {@code id:key,id:key}: an id is 1 to 16 of a-z, 0-9 and hyphen, a key is 16 or 32
 * random bytes in Base64. The first encrypts, all decrypt: a new key is put behind the others everywhere, then before them,
 * and an old one is removed when no job of it is left, failed ones included. Thread-safe.
 */
public final class SensitiveKeys {

    /** Holds the keys themselves. */
    public static final String VARIABLE = "DARKROOM_JOB_KEYS";

    /** Names a file that holds them. */
    public static final String FILE_VARIABLE = "DARKROOM_JOB_KEYS_FILE";

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,16}");
    private static final String HOW =
            "write id:key,id:key, each key 16 or 32 bytes in Base64" + " ('head -c 32 /dev/urandom | base64')";

    private final Supplier<String> text;
    private volatile @Nullable Map<String, SecretKey> read;

    /** A key and what it is called in what it has encrypted. */
    record Named(String id, SecretKey key) {}

    private SensitiveKeys(Supplier<String> text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if they are not written so */
    public static SensitiveKeys of(String text) {
        SensitiveKeys keys = new SensitiveKeys(() -> text);
        keys.all();
        return keys;
    }

    /** Read from {@value #VARIABLE}, or the file that {@value #FILE_VARIABLE} names, when they are first needed. */
    public static SensitiveKeys fromEnvironment() {
        return new SensitiveKeys(SensitiveKeys::environment);
    }

    /** @throws MissingKeyException if there are none */
    Named current() {
        Map.Entry<String, SecretKey> first = all().entrySet().iterator().next();
        return new Named(first.getKey(), first.getValue());
    }

    /** @throws MissingKeyException if it is not among them */
    SecretKey named(String id) {
        SecretKey key = all().get(id);
        if (key == null) {
            throw new MissingKeyException("The key '" + id
                    + "' for sensitive arguments is not among those of this process;" + " add it to " + VARIABLE);
        }
        return key;
    }

    private Map<String, SecretKey> all() {
        Map<String, SecretKey> keys = read;
        if (keys == null) {
            keys = parsed(text.get());
            read = keys;
        }
        return keys;
    }

    private static Map<String, SecretKey> parsed(String text) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        for (String entry : text.strip().split("\\s*,\\s*", -1)) {
            int colon = entry.indexOf(':');
            String id = entry.substring(0, Math.max(0, colon));
            if (!ID.matcher(id).matches() || keys.put(id, key(id, entry.substring(colon + 1))) != null) {
                throw new IllegalArgumentException("The keys for sensitive arguments are not usable: " + HOW);
            }
        }
        return keys;
    }

    private static SecretKey key(String id, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Its message would show a part of the key.
            throw new IllegalArgumentException("The key '" + id + "' is not Base64: " + HOW);
        }
        if (bytes.length != 16 && bytes.length != 32) {
            throw new IllegalArgumentException("The key '" + id + "' has " + bytes.length + " bytes: " + HOW);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    private static String environment() {
        String keys = System.getenv(VARIABLE);
        String file = System.getenv(FILE_VARIABLE);
        if (keys != null && !keys.isBlank()) {
            return keys;
        }
        if (file == null || file.isBlank()) {
            throw new MissingKeyException("This process has no key for sensitive arguments: set " + VARIABLE + " or "
                    + FILE_VARIABLE + "; " + HOW);
        }
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The keys for sensitive arguments cannot be read from " + file, e);
        }
    }

    @Override
    public String toString() {
        return Masked.STARS;
    }
}
