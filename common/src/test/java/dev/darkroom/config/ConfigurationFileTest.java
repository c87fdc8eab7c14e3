package dev.darkroom.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {

    @TempDir
    private Path folder;

    public record Waiting(Duration longest, boolean patient) {}

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "30s, PT30S", "5m, PT5M", "24h, PT24H", "30d, PT720H", "10 s, PT10S"})
    void durations_are_written_as_people_write_them(String written, Duration meant) throws IOException {
        assertThat(read("longest: " + written)).isEqualTo(new Waiting(meant, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "-5s", "soon", "PT5M", "1.5h"})
    void other_durations_are_refused_with_examples(String written) {
        assertThatThrownBy(() -> read("longest: " + written))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("longest is '" + written)
                .hasMessageContaining("250ms, 30s, 5m");
    }

    @Test
    void a_group_where_a_value_belongs_is_refused() {
        assertThatThrownBy(() -> read("longest: {a: 1}\npatient: maybe"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("longest")
                .hasMessageContaining("patient is 'maybe'");
    }

    private Waiting read(String content) throws IOException {
        return ConfigurationFile.read(Files.writeString(folder.resolve("waiting.yml"), content), Waiting.class);
    }
}
