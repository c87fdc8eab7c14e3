package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the {@code redis-server} to run: the installed one, or else the bundled one. */
final class RedisProgram {

    /** GEOSEARCH came with 6.2. */
    private static final int OLDEST = 602;

    private static final Pattern VERSION = Pattern.compile("\\bv=(\\d+)\\.(\\d+)");

    private RedisProgram() {}

    static Path find(Path cache) {
        return installed().orElseGet(() -> bundled(cache));
    }

    /** The one on the PATH when it is new enough and runs. */
    static Optional<Path> installed() {
        return Executables.onPath("redis-server").filter(program -> version(program) >= OLDEST);
    }

    static Path bundled(Path cache) {
        Path folder = new UnpackedBinaries(cache)
                .folderOf(Platform.current().redisProgram(), "redis", (packed, target) -> {
                    Path file = target.resolve("redis-server");
                    Files.copy(packed, file);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                });
        Path program = folder.resolve("redis-server");
        if (version(program) < OLDEST) {
            throw new EmbeddedServerException("The bundled " + program
                    + " does not run on this system (it needs glibc 2.34 and OpenSSL 3): install redis-server 6.2 or"
                    + " newer.");
        }
        return program;
    }

    /** 602 for 6.2; 0 when the program does not run here. */
    private static int version(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(answer);
            return process.waitFor() == 0 && version.find()
                    ? Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2))
                    : 0;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw EmbeddedServerException.interrupted("asking Redis for its version", e);
        }
    }
}
