package dev.darkroom.jobs.schedule;

import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Report;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A ledger with schedules whose jobs say for which time they are. */
abstract class ScheduleFixture {

    static final String NAME = "test.hourly";
    static final Schedule HOURLY =
            Schedule.named(NAME).every(Duration.ofHours(1)).enqueue(time -> new Report(time.toString()));

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    DataSource source;
    LedgerRows rows;
    ScheduleStore store;

    @BeforeEach
    void begin() {
        source = POSTGRES.dataSource();
        rows = new LedgerRows(source);
        rows.clear();
        rows.run("TRUNCATE jobs.schedule");
        store = new ScheduleStore(source);
    }

    TickSchedules ticker(Schedule... schedules) {
        return ticker(TestJobs.TYPES, schedules);
    }

    TickSchedules ticker(JobTypes types, Schedule... schedules) {
        return new TickSchedules(new Ledger(1, source, types, DirectSubmission.NONE), Schedules.of(schedules));
    }

    void tick(TickSchedules ticker) throws SQLException {
        try (Connection connection = source.getConnection()) {
            ticker.run(connection);
        }
    }

    /** As if its next time had been so long ago. */
    void makeDue(String name, Duration ago) {
        rows.run("UPDATE jobs.schedule SET next_at = clock_timestamp() - interval '" + ago.toMillis()
                + " milliseconds' WHERE name = '" + name + "'");
    }

    /** The times for which there are jobs. */
    List<String> enqueued() {
        return rows.all("SELECT convert_from(args, 'UTF8')::json ->> 'text' FROM jobs.job ORDER BY id");
    }
}
