package dev.darkroom.ops.killtest.sabotage;

import dev.darkroom.gearman.ServerAddress;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Takes one guard of the platform away, so that the kill test can be seen to fail without it. The platform knows nothing of
 * this: the processes of the test are given a data source that changes what passes through.
 */
public enum Sabotage {
    /** Nothing is taken away. */
    NONE {
        @Override
        public DataSource on(DataSource source, List<ServerAddress> jobServers) {
            return source;
        }
    },
    /** Every outcome counts: the statement that takes ended jobs away says of each that it was there. */
    FENCE {
        @Override
        public DataSource on(DataSource source, List<ServerAddress> jobServers) {
            return SabotagedSource.replacing(
                    source,
                    Pattern.compile("DELETE FROM jobs\\.job WHERE id = ANY \\(\\?\\) AND turn = \\? RETURNING id$"),
                    """
                    WITH run AS (SELECT unnest(?::bigint[]) AS id, ?::integer AS turn),
                         gone AS (DELETE FROM jobs.job USING run WHERE job.id = run.id)
                    SELECT id FROM run""");
        }
    },
    /** Nobody looks for leases that have run out. */
    LEASES {
        @Override
        public DataSource on(DataSource source, List<ServerAddress> jobServers) {
            return SabotagedSource.replacing(source, Pattern.compile("leased_until < clock_timestamp\\(\\)"), "false");
        }
    },
    /** Jobs are submitted whether the gate is open or not, and before their commit. */
    GATE {
        @Override
        public DataSource on(DataSource source, List<ServerAddress> jobServers) {
            // The commit that comes in one round trip with the jobs is taken apart first.
            DataSource apart = SabotagedSource.replacing(source, Pattern.compile("; COMMIT$"), "");
            return SabotagedSource.beforeCommit(apart, new EarlySubmission(jobServers));
        }
    };

    /** What the process uses in place of its data source. */
    public abstract DataSource on(DataSource source, List<ServerAddress> jobServers);
}
