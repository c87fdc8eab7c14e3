package dev.darkroom.ops.cli;

import dev.darkroom.ops.system.DataFolder;
import dev.darkroom.ops.system.Installation;
import dev.darkroom.ops.system.ProgramCopy;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes this process itself run from the copy of the programs: what it has loaded so far came from the project, whose jars
 * the next build replaces, so the command begins again with the classes of the copy.
 */
final class RunFromCopy {

    private static final String PROPERTY = "darkroom.program";

    private RunFromCopy() {}

    /** The copy that this process runs from; empty when it runs from the project. */
    static Optional<ProgramCopy> current() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).map(ProgramCopy::new);
    }

    /** Runs the command line with the classes of the copy; returns its exit code. */
    static int again(DataFolder data, List<String> arguments) {
        ProgramCopy copy = ProgramCopy.of(Installation.current(), data);
        System.setProperty(PROPERTY, copy.folder().toString());
        URL[] jars = copy.jars("ops").stream().map(RunFromCopy::url).toArray(URL[]::new);
        // Open for the rest of this process's life: threads load from it to the end.
        URLClassLoader loader = new URLClassLoader("program", jars, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return (int) Class.forName(Main.class.getName(), true, loader)
                    .getMethod("run", String[].class)
                    .invoke(null, (Object) arguments.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The copy in " + copy.folder() + " is not of this program", e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
