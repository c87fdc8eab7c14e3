package dev.darkroom.shards;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.config.DatabaseConfiguration;
import dev.darkroom.jobs.ledger.SessionBounds;
import java.time.Duration;

/** Makes connection pools that open nothing before it is needed and keep nothing that is not used. */
final class Pools {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);

    private Pools() {}

    /**
     * A single connection for heartbeats, which a database that stands still must not keep waiting for ever.
     *
     * @param name as of {@link #open}
     */
    static HikariDataSource openForHeartbeats(String name, DatabaseConfiguration configuration) {
        HikariDataSource pool = open(name, configuration);
        pool.setMaximumPoolSize(1);
        pool.addDataSourceProperty("socketTimeout", Long.toString(LONGEST_WAIT.toSeconds()));
        return pool;
    }

    /** @param name in the names of its threads and in PostgreSQL's list of sessions */
    static HikariDataSource open(String name, DatabaseConfiguration configuration) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(configuration.url());
        pool.setUsername(configuration.user());
        if (configuration.password() != null) {
            pool.setPassword(configuration.password().value());
        }
        pool.setMaximumPoolSize(configuration.poolSize());
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(IDLE.toMillis());
        pool.setMaxLifetime(LONGEST_LIFE.toMillis());
        pool.setConnectionTimeout(LONGEST_WAIT.toMillis());
        pool.setConnectionInitSql(SessionBounds.ON_CONNECT);
        pool.addDataSourceProperty("ApplicationName", name);
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        return pool;
    }
}
