package dev.darkroom.jobs.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What tests ask of the ledger's tables. */
public final class LedgerRows {

    private final DataSource source;

    public LedgerRows(DataSource source) {
        this.source = source;
    }

    public long count(String table) {
        return Long.parseLong(one("SELECT count(*) FROM jobs." + table));
    }

    public String one(String sql) {
        return all(sql).get(0);
    }

    public List<String> all(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public void run(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public void clear() {
        run("TRUNCATE jobs.job, jobs.later_job, jobs.failed_job, jobs.worker, jobs.worker_count, jobs.type_total,"
                + " jobs.dead_worker, jobs.death, jobs.flow, jobs.bulk,"
                + " jobs.failure_group, jobs.audit, jobs.replay, jobs.replay_group, jobs.replay_job, jobs.replay_result,"
                + " jobs.type_state, jobs.unique_job, jobs.breaker, jobs.probe;"
                + " UPDATE jobs.relay SET expires_at = '-infinity', holder = NULL");
    }
}
