package dev.darkroom.jobs.replay;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Creates and upgrades the schema {@code replay} of the directory database. Safe with several processes at once. */
public final class ReplaySchema {

    private ReplaySchema() {}

    /** Brings the schema to the version of this release; changes nothing if it is there already. */
    public static void migrate(DataSource directory) {
        Flyway.configure()
                .dataSource(directory)
                .schemas("replay")
                .locations("classpath:db/replay")
                .load()
                .migrate();
    }
}
