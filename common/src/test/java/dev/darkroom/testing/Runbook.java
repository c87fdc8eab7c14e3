package dev.darkroom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of docs/runbook, whose blocks marked as {@code bash} are run as they stand.
 *
 * @param page the file
 * @param folder in which the commands run
 * @param environment what the page has its reader set
 */
public record Runbook(Path page, Path folder, Map<String, String> environment) {

    private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

    /** @param name of the file; the test runs in the folder of its module */
    public static Runbook of(String name, Path folder, Map<String, String> environment) {
        return new Runbook(Path.of("..", "docs", "runbook", name), folder, environment);
    }

    /** Runs the first block after a heading, which must succeed, and returns what it prints. */
    public String run(String heading) throws IOException, InterruptedException {
        String text = Files.readString(page);
        assertThat(text).contains(heading);
        Matcher block = BLOCK.matcher(text.substring(text.indexOf(heading)));
        assertThat(block.find()).as("a block after " + heading).isTrue();
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + block.group(1))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
