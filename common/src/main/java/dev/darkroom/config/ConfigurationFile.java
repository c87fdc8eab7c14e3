package dev.darkroom.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads YAML files into configuration records, and reports all that is wrong with a file at once. The records carry Jakarta
 * constraints, which are checked here: a validation engine is more than each of two hundred small processes should load.
 */
public final class ConfigurationFile {

    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationText()))
            .build();

    private ConfigurationFile() {}

    /**
     * Reads a file.
     *
     * @param type a record whose components are numbers, text, URIs, paths, durations such as {@code 30s}, enums,
     *     {@link Secret}s, further such records, and lists of these
     * @throws ConfigurationException if the file cannot be read, or any value in it is missing, unknown or not allowed
     */
    public static <T extends Record> T read(Path file, Class<T> type) {
        List<String> problems = new ArrayList<>();
        T read = new RecordReader(YAML, problems).read(parse(file), type, "");
        if (read == null || !problems.isEmpty()) {
            throw new ConfigurationException(file, problems);
        }
        return read;
    }

    private static JsonNode parse(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(file, List.of("is not YAML: " + e.getMessage()));
        } catch (IOException e) {
            throw new ConfigurationException(file, List.of("cannot be read: " + e));
        }
    }
}
