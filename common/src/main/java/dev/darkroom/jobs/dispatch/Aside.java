package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.JobException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a relay does beside handing out. It never keeps the relay from that: what another's lock holds back, or a job server
 * that does not answer, is left for the next time.
 */
final class Aside {

    private static final Logger LOG = LoggerFactory.getLogger(Aside.class);

    /** Of PostgreSQL: a lock was not to be had in time. */
    private static final String LOCKED = "55P03";

    private Aside() {}

    interface Work {
        void run() throws SQLException;
    }

    /** @param name of the work in the log */
    static void run(String name, Work work) throws SQLException {
        try {
            work.run();
        } catch (SQLException e) {
            if (!LOCKED.equals(e.getSQLState())) {
                throw e;
            }
            LOG.warn("{} waits for a row that another transaction holds; tried again soon", name);
        } catch (JobException e) {
            LOG.warn("{} is left for the next time: {}", name, e.getMessage());
        }
    }
}
