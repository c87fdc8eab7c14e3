package dev.darkroom.ops.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The data folder's {@code run.json}: kept current while a system runs, gone when it was stopped. Thread-safe. */
public final class RunFile {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private static final ObjectWriter WRITER = MAPPER.writerWithDefaultPrettyPrinter();

    private final DataFolder data;
    private final Map<String, String> parts = new TreeMap<>();
    private final Map<String, Long> pids = new TreeMap<>();
    private final Map<String, Long> startTimes = new TreeMap<>();
    private @Nullable String api;
    private RunState.@Nullable Client client;
    private RunState.@Nullable DemoUser demoUser;
    private boolean deleted;

    RunFile(DataFolder data) {
        this.data = data;
    }

    /** What the file says; empty when there is none. */
    public static Optional<RunState> read(DataFolder data) {
        if (!Files.exists(data.runFile())) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Files.readAllBytes(data.runFile()), RunState.class));
        } catch (JsonProcessingException e) {
            throw new OpsException(data.runFile() + " is damaged: make sure that nothing runs and delete it.", e);
        } catch (IOException e) {
            throw data.unusable(e);
        }
    }

    synchronized void process(String name, long pid) {
        pids.put(name, pid);
        startTimes.put(name, Processes.startTime(pid));
        write();
    }

    synchronized void addresses(Map<String, String> addresses) {
        parts.putAll(addresses);
        write();
    }

    synchronized void accounts(RunState.Client trusted, RunState.DemoUser user) {
        client = trusted;
        demoUser = user;
        write();
    }

    synchronized void apiAt(String origin) {
        api = origin;
        write();
    }

    /** For good: what happens after that is no longer written. */
    synchronized void delete() {
        deleted = true;
        try {
            Files.deleteIfExists(data.runFile());
        } catch (IOException e) {
            throw data.unusable(e);
        }
    }

    private void write() {
        if (deleted) {
            return;
        }
        try {
            data.writePrivately(data.runFile(), WRITER.writeValueAsBytes(state()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized RunState state() {
        return new RunState(
                api, null, client, demoUser, Map.copyOf(parts), new TreeMap<>(pids), new TreeMap<>(startTimes));
    }
}
