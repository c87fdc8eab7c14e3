package dev.darkroom.ops.killtest;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the ledger from outside, through a connection of its own each time: the server may have been killed. */
final class LedgerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);

    private static final String SELECT = """
            SELECT (SELECT coalesce(sum(jobs), 0) FROM killtest.batch),
                   (SELECT count(*) FROM jobs.job), (SELECT count(*) FROM jobs.later_job),
                   (SELECT count(*) FROM jobs.failed_job)""";

    private final String url;

    LedgerWatch(String jdbcUrl) {
        this.url = jdbcUrl + "&connectTimeout=2&socketTimeout=10";
    }

    /**
     * What is there.
     *
     * @param committed jobs of all transactions, follow-ups not included
     */
    record Depth(long committed, long due, long later, long failed) {

        boolean isEmpty() {
            return due == 0 && later == 0;
        }
    }

    /** Empty while the database does not answer. */
    Optional<Depth> look() {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement select = connection.prepareStatement(SELECT);
                ResultSet row = select.executeQuery()) {
            row.next();
            return Optional.of(new Depth(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
        } catch (SQLException e) {
            LOG.debug("The database does not answer; asked again", e);
            return Optional.empty();
        }
    }
}
