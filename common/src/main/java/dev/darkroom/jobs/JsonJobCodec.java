package dev.darkroom.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.jobs.sensitive.MissingKeyException;
import dev.darkroom.jobs.sensitive.SensitiveForm;
import dev.darkroom.jobs.sensitive.SensitiveModule;
import java.io.IOException;

/**
 * The default codec: the record as a JSON object. Unknown members are ignored when read, so that an older process can do
 * a job that a newer one has enqueued. {@link dev.darkroom.jobs.sensitive.SensitiveText} is encrypted.
 */
final class JsonJobCodec<J extends Job> implements JobCodec<J> {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // A job that needs no arguments.
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            // Messages of errors go into logs and failures: they say where, not what.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .addModule(new SensitiveModule())
            .build();

    private final Class<J> jobClass;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonJobCodec(Class<J> jobClass, SensitiveForm form) {
        this.jobClass = jobClass;
        this.reader = MAPPER.readerFor(jobClass).withAttribute(SensitiveModule.FORM, form);
        this.writer = MAPPER.writerFor(jobClass).withAttribute(SensitiveModule.FORM, form);
    }

    @Override
    public JobCodec<J> inTheClear() {
        return new JsonJobCodec<>(jobClass, SensitiveForm.clear());
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
            throwIfKeyIsMissing(e);
            throw new UnreadableJobException("Arguments are not a " + jobClass.getSimpleName(), e);
        }
    }

    /** Not the fault of the arguments: a process with the key can read them. */
    private static void throwIfKeyIsMissing(IOException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingKeyException missing) {
                throw missing;
            }
        }
    }
}
