package dev.darkroom.jobs.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.Rate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnShareTest {

    private static final Rate HUNDRED_A_SECOND = new Rate(100, Duration.ofSeconds(1));

    private final AtomicLong now = new AtomicLong();

    @Test
    void a_rate_lets_out_no_more_than_it_says_and_a_tenth_together() {
        OwnShare alone = new OwnShare(0, 1, now::get);
        int granted = 0;
        for (int millis = 0; millis < 10_000; millis += 25) {
            now.set(Duration.ofMillis(millis).toNanos());
            int some = rate(alone, 1_000);
            assertThat(some).isLessThanOrEqualTo(10);
            granted += some;
        }
        assertThat(granted).isBetween(990, 1_010);
    }

    @Test
    void the_shares_of_all_are_the_rate() {
        List<OwnShare> shares = IntStream.range(0, 3)
                .mapToObj(place -> new OwnShare(place, 3, now::get))
                .toList();
        int granted = 0;
        for (int millis = 0; millis < 10_000; millis += 25) {
            now.set(Duration.ofMillis(millis).toNanos());
            granted += shares.stream().mapToInt(share -> rate(share, 1_000)).sum();
        }
        assertThat(granted).isBetween(970, 1_013);
    }

    @Test
    void the_shares_of_all_are_the_jobs_allowed_at_a_time() {
        int granted = IntStream.range(0, 3)
                .map(place -> new OwnShare(place, 3)
                        .claim("r", List.of(Claim.ofJobs("t", 7, 0, 100)))
                        .get(0))
                .sum();

        assertThat(granted).isEqualTo(7);
    }

    @Test
    void what_is_held_is_not_granted_again() {
        OwnShare alone = new OwnShare(0, 1);

        assertThat(alone.claim("r", List.of(Claim.ofJobs("t", 5, 3, 10)))).containsExactly(2);
        assertThat(alone.claim("r", List.of(Claim.ofJobs("t", 5, 6, 10)))).containsExactly(0);
    }

    @Test
    void permits_given_back_are_granted_again() {
        OwnShare alone = new OwnShare(0, 1, now::get);
        rate(alone, 1);
        now.set(Duration.ofSeconds(1).toNanos());
        assertThat(rate(alone, 1_000)).isEqualTo(10);
        alone.giveBack("r", List.of(Claim.ofRate("t", HUNDRED_A_SECOND, 4)));

        assertThat(rate(alone, 1_000)).isEqualTo(4);
    }

    @Test
    void of_more_lanes_than_are_remembered_the_one_not_asked_for_longest_is_forgotten() {
        OwnShare alone = new OwnShare(0, 1, now::get);
        for (int lane = 0; lane < 10_000; lane++) {
            assertThat(hourly(alone, lane)).isEqualTo(1);
        }
        assertThat(hourly(alone, 0)).isZero();

        assertThat(hourly(alone, 10_000)).isEqualTo(1);

        assertThat(hourly(alone, 0)).as("asked for of late").isZero();
        assertThat(hourly(alone, 9_999)).as("asked for before that").isZero();
        assertThat(hourly(alone, 1)).as("forgotten").isEqualTo(1);
    }

    private static int hourly(SharedPermits permits, int lane) {
        Rate hourly = new Rate(1, Duration.ofHours(1));
        return permits.claim("r", List.of(Claim.ofRate("t/" + lane, hourly, 1))).get(0);
    }

    @Test
    void the_own_share_is_let_out_while_what_is_shared_is_away() {
        AtomicBoolean reachable = new AtomicBoolean(true);
        FallingBack permits = new FallingBack(new GrantsAllWhileReachable(reachable), new OwnShare(0, 2));
        List<Claim> claim = List.of(Claim.ofJobs("t", 4, 0, 4));

        assertThat(permits.claim("r", claim)).containsExactly(4);
        assertThat(permits.isAway()).isFalse();
        reachable.set(false);
        assertThat(permits.claim("r", claim)).containsExactly(2);
        assertThat(permits.isAway()).isTrue();
    }

    private static int rate(SharedPermits permits, int wanted) {
        return permits.claim("r", List.of(Claim.ofRate("t", HUNDRED_A_SECOND, wanted)))
                .get(0);
    }

    private record GrantsAllWhileReachable(AtomicBoolean reachable) implements SharedPermits {

        @Override
        public List<Integer> claim(String relay, List<Claim> claims) {
            if (!reachable.get()) {
                throw new JobException("away");
            }
            return claims.stream().map(Claim::wanted).toList();
        }

        @Override
        public void giveBack(String relay, List<Claim> unused) {}
    }
}
