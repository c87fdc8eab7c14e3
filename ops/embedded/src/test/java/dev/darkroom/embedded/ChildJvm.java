package dev.darkroom.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that run a main class of ours or of these tests in another JVM. */
final class ChildJvm {

    private ChildJvm() {}

    static List<String> command(Class<?> main, Object... arguments) {
        return command(classPath(), main, arguments);
    }

    static List<String> command(String classPath, Class<?> main, Object... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java, "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Surefire's own class path is a jar that only names the others. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
