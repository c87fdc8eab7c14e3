package dev.darkroom.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck;
import dev.darkroom.testing.PostgresExtension;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseHealthCheckIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    @Test
    void a_database_that_answers_tells_its_clock() {
        InstantSource late = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(-5));

        HealthCheck.Result result = new DatabaseHealthCheck(POSTGRES.dataSource(), late).execute();

        assertThat(result.isHealthy()).isTrue();
        assertThat((Long) result.getDetails().get("clockAheadMillis")).isBetween(295_000L, 305_000L);
        assertThat(result.getDetails()).containsKey("reachableForSeconds");
    }

    @Test
    void one_that_goes_away_and_comes_back_tells_since_when() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
        DatabaseHealthCheck check = new DatabaseHealthCheck(source, InstantSource.system());

        HealthCheck.Result away = check.execute();
        source.setUrl(POSTGRES.jdbcUrl());
        HealthCheck.Result back = check.execute();

        assertThat(away.isHealthy()).isFalse();
        assertThat(away.getDetails()).containsKey("awayForSeconds").doesNotContainKey("reachableForSeconds");
        assertThat(back.isHealthy()).isTrue();
        assertThat(back.getDetails()).containsKey("reachableForSeconds").doesNotContainKey("awayForSeconds");
    }
}
