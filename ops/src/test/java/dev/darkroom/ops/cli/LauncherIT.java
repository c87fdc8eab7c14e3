package dev.darkroom.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher script in a project of its own, with a PATH on which nothing is but what a test puts there. */
@Timeout(60)
class LauncherIT {

    private static final List<String> TOOLS = List.of("sh", "find", "readlink", "mkdir", "rm", "mv", "cat", "sleep");
    private static final String JAVA_17 =
            "[ \"$1\" = -version ] && { echo 'openjdk version \"17.0.9\" 2023' >&2; exit; }";

    @TempDir
    private Path folder;

    private Path project;
    private Path programs;

    private record Answer(int code, String output, String errors) {}

    @BeforeEach
    void lay_out_a_project() throws IOException {
        project = Files.createDirectories(folder.toRealPath().resolve("the project"));
        programs = Files.createDirectory(folder.resolve("bin"));
        Files.createDirectory(project.resolve("ops"));
        Files.copy(Path.of("darkroom"), launcher(), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        for (String tool : TOOLS) {
            Files.createSymbolicLink(programs.resolve(tool), where(tool));
        }
    }

    @Test
    void says_in_one_line_what_to_install_when_there_is_no_java() throws Exception {
        Answer answer = run("help");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.errors()).hasLineCount(1).contains("no java was found", "JDK 17", "JAVA_HOME");
    }

    @Test
    void says_so_when_java_home_leads_nowhere() throws Exception {
        Answer answer = run(Map.of("JAVA_HOME", "/nowhere"), launcher(), "help");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.errors()).hasLineCount(1).contains("JAVA_HOME is /nowhere");
    }

    @Test
    void refuses_a_java_that_is_too_old() throws Exception {
        for (String version : List.of("11.0.21", "1.8.0_392")) {
            program("java", "echo 'java version \"" + version + "\"' >&2");

            Answer answer = run("help");

            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.errors()).hasLineCount(1).contains(version, "too old", "JDK 17");
        }
    }

    @Test
    void takes_a_version_without_minor_number_and_ignores_what_java_says_before_it() throws Exception {
        builtProject();
        program(
                "java",
                "[ \"$1\" = -version ] && { echo 'Picked up JAVA_TOOL_OPTIONS: \"-Da\"'; echo 'openjdk version \"21\"';"
                        + " exit; }; echo ran");

        assertThat(run("help").output()).isEqualTo("ran\n");
    }

    @Test
    void needs_a_compiler_and_maven_only_when_something_has_to_be_built() throws Exception {
        program("java", JAVA_17 + "; echo ran");

        assertThat(run("up").errors()).contains("no compiler beside it").hasLineCount(1);
        program("javac", "");
        assertThat(run("up").errors()).contains("no mvn was found").hasLineCount(1);
        builtProject();
        assertThat(run("up").output()).isEqualTo("ran\n");
    }

    @Test
    void names_the_log_of_a_build_that_fails() throws Exception {
        program("java", JAVA_17);
        program("javac", "");
        program("mvn", "echo the reason; exit 1");

        Answer answer = run("up");

        Path log = project.resolve("ops/target/build.log");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.errors()).hasLineCount(2).contains("building", "the build failed: see " + log);
        assertThat(log).hasContent("the reason");
    }

    @Test
    void builds_again_when_a_source_is_newer_but_never_for_a_look_at_a_running_system() throws Exception {
        program("java", JAVA_17 + "; echo ran");
        program("javac", "");
        program("mvn", "echo built >>" + folder.resolve("builds"));
        builtProject();
        Path source = Files.createDirectories(project.resolve("workers/src/main/java"))
                .resolve("A.java");
        Files.writeString(source, "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));

        run("status");
        assertThat(folder.resolve("builds")).doesNotExist();
        Answer up = run("up");

        assertThat(folder.resolve("builds")).hasContent("built");
        assertThat(up.errors()).contains("building");
    }

    @Test
    void works_from_any_folder_through_a_symlink() throws Exception {
        builtProject();
        program("java", JAVA_17 + "; for a; do echo \"$a\"; done");
        Path links = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("absolute"), launcher());
        Path relative = Files.createSymbolicLink(links.resolve("relative"), Path.of("absolute"));

        assertThat(run(Map.of(), relative, "status", "two words").output().lines())
                .contains("-Ddarkroom.project=" + project, "status", "two words");
    }

    @Test
    void hands_signals_to_java() throws Exception {
        builtProject();
        Path said = folder.resolve("said");
        program("java", JAVA_17 + "; trap 'echo stopped >" + said + "; exit 7' TERM; echo ready; while :; do :; done");
        Process process = start(Map.of(), launcher(), "up");
        assertThat(process.inputReader().readLine()).isEqualTo("ready");

        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(7);
        assertThat(said).hasContent("stopped");
    }

    private void builtProject() throws IOException {
        for (String module : List.of("api-server", "workers", "ops")) {
            Files.createDirectories(project.resolve(module).resolve("target/lib"));
            Files.writeString(project.resolve(module).resolve("target/darkroom-" + module + "-1.jar"), "");
        }
    }

    private void program(String name, String script) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path launcher() {
        return project.resolve("ops/darkroom");
    }

    private Answer run(String... arguments) throws Exception {
        return run(Map.of(), launcher(), arguments);
    }

    private Answer run(Map<String, String> environment, Path launcher, String... arguments) throws Exception {
        Process process = start(environment, launcher, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output, errors);
    }

    private Process start(Map<String, String> environment, Path launcher, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of(launcher.toString()), Arrays.stream(arguments))
                                .toList())
                .directory(folder.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", programs.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Path where(String tool) {
        return Stream.of("/bin", "/usr/bin")
                .map(bin -> Path.of(bin, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
