package dev.darkroom.gearman.storm;

import dev.darkroom.gearman.server.JobServerMain;
import java.nio.file.Path;
import java.util.List;

/** The Java job server as a process. */
public final class JobServerProcess extends ProcessServer {

    @Override
    List<String> command(int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                JobServerMain.class.getName(),
                "--port",
                Integer.toString(port));
    }
}
