package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the tests run as root, a starter still runs as somebody else, from the first unpacking on. */
class OrdinaryUserIT {

    private static final int NOBODY = 65_534;

    @TempDir
    private Path folder;

    @BeforeEach
    void only_root_can_become_somebody_else() {
        assumeTrue(Platform.userId() == 0, "root only");
    }

    @Test
    void an_ordinary_user_unpacks_starts_and_leaves_no_orphan() throws Exception {
        Path home = ownedByNobody("home");
        try (Starter starter = Starter.start(asNobody(
                ChildJvm.command(readableClassPath(), StarterMain.class, "postgres", home.resolve("pg"), home)))) {
            assertThat(Files.getAttribute(Path.of("/proc/" + starter.child().pid()), "unix:uid"))
                    .isEqualTo(NOBODY);
            starter.kill();
            starter.awaitEndOfChild();
        }
    }

    @Test
    void a_folder_of_another_user_is_refused_in_one_line() throws Exception {
        Path home = ownedByNobody("home");
        Path ofRoot = Files.createDirectory(home.resolve("pg"));
        assertThatThrownBy(() -> Starter.start(
                        asNobody(ChildJvm.command(readableClassPath(), StarterMain.class, "postgres", ofRoot, home))))
                .hasMessageContaining("belongs to root")
                .hasMessageContaining("choose another folder");
    }

    private static List<String> asNobody(List<String> command) {
        List<String> whole =
                new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        whole.addAll(command);
        return whole;
    }

    private Path ownedByNobody(String name) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(folder.resolve(name));
        Files.setAttribute(home, "unix:uid", NOBODY);
        return home;
    }

    /** The local repository may lie below /root, which others can't enter. */
    private String readableClassPath() throws IOException {
        Path copies = Files.createDirectories(folder.resolve("classpath"));
        List<String> entries = new ArrayList<>();
        for (String entry : ChildJvm.classPath().split(File.pathSeparator, -1)) {
            Path original = Path.of(entry);
            Path copy = copies.resolve(entries.size() + "-" + original.getFileName());
            if (Files.isDirectory(original)) {
                copyFolder(original, copy);
            } else if (Files.exists(original)) {
                Files.copy(original, copy);
            }
            entries.add(copy.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void copyFolder(Path original, Path copy) throws IOException {
        try (Stream<Path> content = Files.walk(original)) {
            for (Path path : content.toList()) {
                Files.copy(path, copy.resolve(original.relativize(path).toString()));
            }
        }
    }
}
