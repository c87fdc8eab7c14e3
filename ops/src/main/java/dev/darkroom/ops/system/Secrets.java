package dev.darkroom.ops.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets that lie in the data folder, each in a file that only its owner may read. */
record Secrets(DataFolder data) {

    private static final int BYTES = 20;

    /** The secret of that name, made up when there is none yet. */
    String own(String name) {
        Path file = data.secret(name);
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            return given(name, HexFormat.of().formatHex(random));
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw data.unusable(e);
        }
    }

    /** Keeps a secret that somebody else gave out, so that every process can read it from its file. */
    String given(String name, String value) {
        data.writePrivately(data.secret(name), value.getBytes(StandardCharsets.UTF_8));
        return value;
    }

    /** How a configuration file refers to it. */
    String reference(String name) {
        return "file:" + data.secret(name);
    }
}
