package dev.darkroom.ops.killtest.parts;

import dev.darkroom.embedded.GuardedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts small JVMs on this process's class path. */
final class ChildJvm {

    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx192m",
            // Else the service of the test waits 40 ms for each acknowledgement.
            "-Dsun.net.httpserver.nodelay=true",
            "-Dlogback.configurationFile=server-logback.xml");

    private ChildJvm() {}

    static GuardedProcess start(Path log, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return GuardedProcess.start(command, Map.of(), log);
    }
}
