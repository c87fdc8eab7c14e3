package dev.darkroom.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.util.Locale;

/** The operating system and processor this process runs on. */
record Platform(boolean macOs, boolean arm64) {

    static Platform current() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return new Platform(system.contains("mac"), processor.equals("aarch64") || processor.equals("arm64"));
    }

    /** The effective user id of this process; 0 is root. */
    static long userId() {
        return new UnixSystem().getUid();
    }

    String postgresArchive() {
        return "postgres-" + (macOs ? "darwin" : "linux") + "-" + (arm64 ? "arm_64" : "x86_64") + ".txz";
    }

    String redisProgram() {
        String version = arm64 && !macOs ? "6.2.7" : "6.2.6-v5";
        return "redis-server-" + version + "-" + (macOs ? "darwin" : "linux") + "-" + (arm64 ? "arm64" : "amd64");
    }
}
