package dev.darkroom.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.Rate;
import dev.darkroom.jobs.limit.Claim;
import dev.darkroom.testing.RedisExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class RedisPermitsIT {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private RedisPermits permits = RedisPermits.open("127.0.0.1:1", 1);

    @BeforeEach
    void open() {
        permits.close();
        permits = open(Claim.HOLDS);
    }

    @AfterEach
    void close() {
        permits.close();
    }

    @Test
    void relays_share_the_jobs_allowed_at_a_time() {
        assertThat(jobs("one", 0, 3)).isEqualTo(3);
        assertThat(jobs("two", 0, 4)).isEqualTo(2);
        assertThat(jobs("one", 1, 0)).as("two have ended").isZero();
        assertThat(jobs("two", 2, 4)).isEqualTo(2);
        assertThat(jobs("one", 1, 4)).isZero();
    }

    @Test
    void what_a_dead_relay_held_frees_itself() throws InterruptedException {
        RedisPermits shortly = open(Duration.ofSeconds(2));
        try (shortly) {
            assertThat(shortly.claim("dead", List.of(Claim.ofJobs("t", 5, 0, 5))))
                    .containsExactly(5);
            assertThat(jobs("one", 0, 5)).isZero();
            int granted = 0;
            while (granted == 0) {
                Pause.SLEEP.pause(Duration.ofMillis(20));
                granted = jobs("one", 0, 5);
            }
            assertThat(granted).isEqualTo(5);
        }
    }

    @Test
    void relays_share_a_rate() {
        Rate slow = new Rate(100, Duration.ofHours(1));

        assertThat(rate("one", slow, 5)).isEqualTo(1);
        assertThat(rate("two", slow, 5)).isZero();
        permits.giveBack("one", List.of(Claim.ofRate("t", slow, 1)));
        assertThat(rate("two", slow, 5)).isEqualTo(1);
    }

    @Test
    void a_rate_fills_up_with_time() throws InterruptedException {
        Rate quick = new Rate(100, Duration.ofMillis(200));
        rate("one", quick, 1);
        int granted = 0;
        long until = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() < until) {
            int now = rate("one", quick, 100);
            assertThat(now).isLessThanOrEqualTo(10);
            granted += now;
            Pause.SLEEP.pause(Duration.ofMillis(10));
        }
        assertThat(granted).isBetween(100, 1_010);
    }

    @Test
    void several_limits_are_asked_for_at_once() {
        List<Claim> claims = List.of(
                Claim.ofJobs("t/a", 1, 0, 3),
                Claim.ofRate("t", new Rate(10, Duration.ofHours(1)), 2),
                Claim.ofJobs("t/b", 2, 0, 1));

        assertThat(permits.claim("one", claims)).containsExactly(1, 1, 1);
    }

    @Test
    void a_server_that_is_away_is_said_to_be() {
        try (RedisPermits away = RedisPermits.open("127.0.0.1:1", 1)) {
            assertThatThrownBy(() -> away.claim("one", List.of(Claim.ofJobs("t", 5, 0, 3))))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("Redis");
        }
    }

    private static RedisPermits open(Duration holds) {
        return RedisPermits.open("127.0.0.1:" + REDIS.port(), 2, holds, Duration.ofSeconds(20));
    }

    private int jobs(String relay, int held, int wanted) {
        return permits.claim(relay, List.of(Claim.ofJobs("t", 5, held, wanted))).get(0);
    }

    private int rate(String relay, Rate rate, int wanted) {
        return permits.claim(relay, List.of(Claim.ofRate("t", rate, wanted))).get(0);
    }
}
