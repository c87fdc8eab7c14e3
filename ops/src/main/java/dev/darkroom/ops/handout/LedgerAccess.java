package dev.darkroom.ops.handout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.ops.system.DataOption;
import dev.darkroom.ops.system.OneLine;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.system.RunningSystem;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command about breakers and limits, and the way to all ledgers. Used by one thread. */
final class LedgerAccess {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "One object on standard output.")
    private boolean json;

    /** What is done with one physical database. */
    interface Work<T> {
        T on(int database, Connection connection) throws SQLException;
    }

    boolean isJson() {
        return json;
    }

    /** Does the same in each physical database. */
    <T> List<T> everywhere(Work<T> work) {
        RunningSystem system = RunningSystem.require(data.folder());
        PartsConfiguration parts = PartsConfiguration.load(system.data().partsFile());
        List<T> results = new ArrayList<>();
        try (Shards shards = Shards.open(parts, JobTypes.of(), DirectSubmission.NONE)) {
            for (PhysicalDatabase database : shards.databases()) {
                try (Connection connection = database.source().getConnection()) {
                    results.add(work.on(database.number(), connection));
                }
            }
        } catch (SQLException e) {
            throw new OpsException("PostgreSQL does not answer (" + OneLine.of(e) + "): see its log, or try again.", e);
        }
        return results;
    }

    static String whoAmI() {
        return System.getProperty("user.name", "somebody");
    }

    static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
