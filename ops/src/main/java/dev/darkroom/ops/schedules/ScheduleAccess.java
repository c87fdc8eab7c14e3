package dev.darkroom.ops.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.schedule.ScheduleStore;
import dev.darkroom.ops.system.DataOption;
import dev.darkroom.ops.system.RunningSystem;
import dev.darkroom.shards.Shards;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command about schedules, and the way to them. Used by one thread. */
final class ScheduleAccess {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "One object on standard output.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    <T> T with(Function<ScheduleStore, T> work) {
        RunningSystem system = RunningSystem.require(data.folder());
        PartsConfiguration parts = PartsConfiguration.load(system.data().partsFile());
        try (Shards shards = Shards.open(parts, JobTypes.of(), DirectSubmission.NONE)) {
            return work.apply(new ScheduleStore(shards.scheduleDatabase().source()));
        }
    }

    static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
