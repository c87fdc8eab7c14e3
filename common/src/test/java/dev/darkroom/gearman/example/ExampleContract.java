package dev.darkroom.gearman.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.RestartableServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example in the package's documentation is the one that runs here, and it runs. */
@Timeout(60)
abstract class ExampleContract {

    private static final Path SOURCES = Path.of("src");

    abstract RestartableServer server();

    @Test
    void the_example_runs() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, UTF_8));
        try {
            ReverseExample.main(new String[] {server().address().toString()});
        } finally {
            System.setOut(before);
        }

        assertThat(written.toString(UTF_8)).containsPattern("(?m)^olleh$");
    }

    @Test
    void the_documentation_shows_the_example_as_it_is() throws Exception {
        List<String> shown = between(
                lines("main/java/dev/darkroom/gearman/package-info.java").stream()
                        .map(line -> line.replaceFirst("^ \\* ?", ""))
                        .toList(),
                "<pre>{@code",
                "}</pre>");
        List<String> run = between(
                lines("test/java/dev/darkroom/gearman/example/ReverseExample.java"),
                "    private ReverseExample() {}",
                "}");

        assertThat(shown)
                .containsExactlyElementsOf(run.stream()
                        .filter(line -> !line.isBlank())
                        .map(line -> line.substring(4))
                        .toList());
    }

    private static List<String> between(List<String> lines, String first, String last) {
        int start = lines.indexOf(first) + 1;
        assertThat(start).as(first).isPositive();
        List<String> rest = lines.subList(start, lines.size());
        return rest.subList(0, rest.indexOf(last));
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(SOURCES.resolve(file));
    }
}
