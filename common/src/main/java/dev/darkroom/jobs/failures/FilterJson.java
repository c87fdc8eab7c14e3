package dev.darkroom.jobs.failures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Filters as the tables keep them. */
public final class FilterJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FilterJson() {}

    public static String write(FailureFilter filter) {
        try {
            return MAPPER.writeValueAsString(filter.toMap());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts can be written", e);
        }
    }

    /** @throws IllegalArgumentException if it is no filter of this release: then nothing may be selected by it */
    public static FailureFilter read(String json) {
        try {
            return FailureFilter.of(MAPPER.readValue(json, new TypeReference<Map<String, String>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a filter: " + json, e);
        }
    }
}
