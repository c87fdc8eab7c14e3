package dev.darkroom.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;

/**
 * Holds a job type to what is on record: its name, its class, and a job as it is stored, in the file
 * {@code jobs/<name>.json} among the test resources. Jobs written by an earlier release may still wait in a ledger.
 */
public final class GoldenJob {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenJob() {}

    /** The job must be stored as the file says, and the file must be read as this job. */
    public static <J extends Job> void assertOnRecord(JobType<J> type, J job) throws IOException {
        JsonNode record = record(type.name());
        ObjectNode now = JSON.createObjectNode()
                .put("type", type.name())
                .put("class", type.jobClass().getName());
        now.set("arguments", JSON.readTree(type.codec().encode(job)));

        assertThat(now).as("what is on record as %s is stored for ever", type).isEqualTo(record);
        assertThat(type.codec().decode(JSON.writeValueAsBytes(record.get("arguments"))))
                .isEqualTo(job);
    }

    private static JsonNode record(String name) throws IOException {
        String file = "/jobs/" + name + ".json";
        try (InputStream content = GoldenJob.class.getResourceAsStream(file)) {
            assertThat(content)
                    .as("put the job type's record into src/test/resources" + file)
                    .isNotNull();
            return JSON.readTree(content);
        }
    }
}
