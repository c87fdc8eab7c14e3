package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobId;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Creates and upgrades the schema {@code jobs} of a physical database. Safe with several processes at once. */
public final class LedgerSchema {

    private LedgerSchema() {}

    /**
     * Brings the schema to the version of this release; changes nothing if it is there already.
     *
     * @param database number of the physical database, 1 to 8191: it becomes part of every job id
     */
    public static void migrate(DataSource source, int database) {
        if (database < 1 || database >= 1 << JobId.DATABASE_BITS) {
            throw new IllegalArgumentException("A database's number is 1 to 8191: " + database);
        }
        Flyway.configure()
                .dataSource(source)
                .schemas("jobs")
                .locations("classpath:db/jobs")
                .placeholders(Map.of("first_job_id", Integer.toString(database)))
                // Parts of the platform number their files in blocks, which do not come in the order of the blocks.
                .outOfOrder(true)
                .load()
                .migrate();
    }
}
