package dev.darkroom.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * The default codec: the record as a JSON object. Unknown members are ignored when read, so that an older process can do
 * a job that a newer one has enqueued.
 */
final class JsonJobCodec<J extends Job> implements JobCodec<J> {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // A job that needs no arguments.
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private final Class<J> jobClass;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonJobCodec(Class<J> jobClass) {
        this.jobClass = jobClass;
        this.reader = MAPPER.readerFor(jobClass);
        this.writer = MAPPER.writerFor(jobClass);
    }

    @Override
    public byte[] encode(J job) {
        try {
            return writer.writeValueAsBytes(job);
        } catch (JsonProcessingException e) {
            throw new JobException(
                    "A " + jobClass.getSimpleName() + " cannot be written as JSON; nothing was enqueued", e);
        }
    }

    @Override
    public J decode(byte[] arguments) {
        try {
            J job = reader.readValue(arguments);
            if (job == null) {
                throw new UnreadableJobException("Arguments are null, not a " + jobClass.getSimpleName(), null);
            }
            return job;
        } catch (IOException e) {
            throw new UnreadableJobException("Arguments are not a " + jobClass.getSimpleName(), e);
        }
    }
}
