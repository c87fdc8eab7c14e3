package dev.darkroom.ops.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The built modules that the processes run from.
 *
 * @param project the folder with the modules
 */
public record Installation(Path project) {

    /** Set by the launcher script. */
    private static final String PROPERTY = "darkroom.project";

    /** The installation that this process was started from. */
    public static Installation current() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .map(Path::of)
                .map(Installation::new)
                .orElseThrow(() -> new OpsException("Start this with the script ops/darkroom."));
    }

    /** The folder used when neither {@code --data} nor {@code $DARKROOM_DATA} names one. */
    public Path defaultData() {
        return project.resolve("data");
    }

    /** The Java this process runs on. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The module's jar and its libraries, in an order that never changes: class-data archives depend on it. */
    String classPath(String module) {
        Path target = project.resolve(module).resolve("target");
        List<String> jars = new ArrayList<>();
        jars.add(jar(target, "darkroom-" + module + "-").toString());
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            libraries
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .forEach(jars::add);
        } catch (IOException e) {
            throw notBuilt(target, e);
        }
        return String.join(File.pathSeparator, jars);
    }

    private static Path jar(Path target, String prefix) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> isJar(file.getFileName().toString(), prefix))
                    .findFirst()
                    .orElseThrow(() -> notBuilt(target, null));
        } catch (IOException e) {
            throw notBuilt(target, e);
        }
    }

    private static boolean isJar(String name, String prefix) {
        return name.startsWith(prefix)
                && name.endsWith(".jar")
                && !name.endsWith("-tests.jar")
                && !name.endsWith("-sources.jar");
    }

    private static OpsException notBuilt(Path target, @org.jspecify.annotations.Nullable IOException cause) {
        return new OpsException(target + " holds no built module: run mvn package, or start with ops/darkroom.", cause);
    }
}
