package dev.darkroom.ops.system;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The jars that a system runs from: a copy in its data folder, so that a build, which replaces the jars of the project, does
 * not pull the ground from under a running system. A copy is complete once its folder has its name, and never changes.
 *
 * @param folder holds a folder a module
 */
public record ProgramCopy(Path folder) {

    private static final List<String> MODULES = List.of("api-server", "workers", "ops");
    private static final String PREFIX = "program-";
    private static final String OURS = "darkroom-";

    /** The copy of what is built now; made when the folder has none yet. Any number of processes may ask at once. */
    public static ProgramCopy of(Installation installation, DataFolder data) {
        Map<Path, Path> files = new LinkedHashMap<>();
        for (String module : MODULES) {
            for (String jar : installation.jars(module)) {
                Path source = Path.of(jar);
                files.put(Path.of(module).resolve(source.getFileName()), source);
            }
        }
        data.prepare();
        try {
            Path target = data.cache().resolve(PREFIX + digest(files));
            if (!Files.isDirectory(target)) {
                fill(files, target);
            }
            return new ProgramCopy(target);
        } catch (IOException e) {
            throw data.unusable(e);
        }
    }

    /** The jars of a module, its own first. */
    public List<Path> jars(String module) {
        try (Stream<Path> jars = Files.list(folder.resolve(module))) {
            return jars.sorted(Comparator.comparing(
                                    (Path jar) -> !jar.getFileName().toString().startsWith(OURS + module))
                            .thenComparing(Path::getFileName))
                    .toList();
        } catch (IOException e) {
            throw new OpsException(
                    "The programs in " + folder + " are damaged: stop the system, delete that folder and"
                            + " start again.",
                    e);
        }
    }

    String classPath(String module) {
        return String.join(
                File.pathSeparator, jars(module).stream().map(Path::toString).toList());
    }

    /** Deletes the copies of earlier builds. To be called by the one who runs a system on the folder. */
    void removeOthers() throws IOException {
        List<Path> others;
        try (Stream<Path> entries = Files.list(folder.getParent())) {
            others = entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
                    .filter(entry -> !entry.equals(folder))
                    .toList();
        }
        for (Path other : others) {
            delete(other);
        }
    }

    private static void fill(Map<Path, Path> files, Path target) throws IOException {
        Path made = Files.createTempDirectory(target.getParent(), target.getFileName() + ".");
        try {
            Map<String, Path> copied = new HashMap<>();
            for (Map.Entry<Path, Path> file : files.entrySet()) {
                Path copy = made.resolve(file.getKey());
                Files.createDirectories(copy.getParent());
                String content = copy.getFileName() + " " + Files.size(file.getValue());
                Path same = copied.putIfAbsent(content, copy);
                if (same == null) {
                    copy(file.getValue(), copy);
                } else {
                    Files.createLink(copy, same);
                }
            }
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Somebody else was faster: a folder that has content can't be replaced by a rename.
            if (!Files.isDirectory(target)) {
                throw e;
            }
        } finally {
            delete(made);
        }
    }

    /** A build writes our jars anew in their place; libraries it only removes, so another name for them is enough. */
    private static void copy(Path source, Path target) throws IOException {
        if (!source.getFileName().toString().startsWith(OURS)) {
            try {
                Files.createLink(target, source);
                return;
            } catch (FileSystemException | UnsupportedOperationException e) {
                Files.deleteIfExists(target);
            }
        }
        Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static String digest(Map<Path, Path> files) throws IOException {
        List<String> facts = new ArrayList<>();
        for (Map.Entry<Path, Path> file : files.entrySet()) {
            facts.add(file.getKey() + " " + Files.size(file.getValue()) + " "
                    + Files.getLastModifiedTime(file.getValue()).toMillis());
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", facts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
