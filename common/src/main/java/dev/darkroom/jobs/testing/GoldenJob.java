package dev.darkroom.jobs.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobCodec;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Holds a job type to what is on record: its name, its class, and a job as it is stored, in the file
 * {@code jobs/<name>.json} among the test resources. Jobs written by an earlier release may still wait in a ledger; what they
 * looked like is listed as {@code earlier}, and must be readable. Sensitive values are in the file in the clear.
 */
public final class GoldenJob {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenJob() {}

    /**
     * The job must be stored as the file says, and the file must be read as this job.
     *
     * @throws AssertionError if not; without a file the message says what to put into it
     */
    public static <J extends Job> void assertOnRecord(JobType<J> type, J job) {
        JobCodec<J> codec = type.codec().inTheClear();
        ObjectNode now = JSON.createObjectNode()
                .put("type", type.name())
                .put("class", type.jobClass().getName());
        try {
            now.set("arguments", JSON.readTree(codec.encode(job)));
            ObjectNode record = record(type, now);
            JsonNode earlier = record.remove("earlier");
            if (!record.equals(now)) {
                throw new AssertionError("What is on record as " + type + " is stored for ever.\non record: " + record
                        + "\nnow:       " + now);
            }
            read(codec, now.get("arguments"), job);
            if (earlier != null) {
                for (JsonNode arguments : earlier) {
                    readable(codec, arguments);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The record of " + type + " is not JSON", e);
        }
    }

    private static <J extends Job> void read(JobCodec<J> codec, JsonNode arguments, J expected)
            throws JsonProcessingException {
        J read = readable(codec, arguments);
        if (!read.equals(expected)) {
            throw new AssertionError("Stored and read again it is another.\nstored: " + expected + "\nread:   " + read);
        }
    }

    private static <J extends Job> J readable(JobCodec<J> codec, JsonNode arguments) throws JsonProcessingException {
        try {
            return codec.decode(JSON.writeValueAsBytes(arguments));
        } catch (JobException e) {
            throw new AssertionError("What an earlier release has stored cannot be read any more: " + arguments, e);
        }
    }

    private static ObjectNode record(JobType<?> type, JsonNode now) throws IOException {
        String file = "/jobs/" + type.name() + ".json";
        try (InputStream content = type.jobClass().getResourceAsStream(file)) {
            if (content == null) {
                throw new AssertionError("Put this into src/test/resources" + file + ":\n" + now.toPrettyString());
            }
            return (ObjectNode) JSON.readTree(content);
        }
    }
}
