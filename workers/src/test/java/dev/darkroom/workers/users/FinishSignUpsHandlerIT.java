package dev.darkroom.workers.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.Outcome;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.FinishSignUps;
import dev.darkroom.users.UnfinishedSignUps;
import dev.darkroom.users.UserJobs;
import dev.darkroom.workers.Outcomes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FinishSignUpsHandlerIT {

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(UserJobs.all());

    private final Shards shards = SHARDS.shards();

    @Test
    void reservations_of_sign_ups_that_stopped_are_settled_a_hundred_at_a_time() {
        reserve(UnfinishedSignUps.BATCH + 1);
        FinishSignUpsHandler handler = new FinishSignUpsHandler(new UnfinishedSignUps(shards), Duration.ZERO);

        assertThat(handler.handle(new FinishSignUps(), Outcomes.FIRST_RUN))
                .isEqualTo(Outcome.done().then(new FinishSignUps()));
        assertThat(reservations()).isEqualTo(1);
        assertThat(handler.handle(new FinishSignUps(), Outcomes.SECOND_RUN)).isEqualTo(Outcome.done());
        assertThat(reservations()).isZero();
    }

    @Test
    void a_sign_up_under_way_is_left_alone() {
        reserve(1);
        new FinishSignUpsHandler(new UnfinishedSignUps(shards)).handle(new FinishSignUps(), Outcomes.FIRST_RUN);

        assertThat(reservations()).isEqualTo(1);
        new UnfinishedSignUps(shards).settle(Duration.ZERO);
    }

    @Test
    void the_job_needs_no_arguments() {
        byte[] arguments = UserJobs.FINISH_SIGN_UPS.codec().encode(new FinishSignUps());

        assertThat(new String(arguments, StandardCharsets.UTF_8)).isEqualTo("{}");
        assertThat(UserJobs.FINISH_SIGN_UPS.codec().decode(arguments)).isEqualTo(new FinishSignUps());
    }

    /** As sign-ups leave it that die right after their first step. */
    private void reserve(int count) {
        shards.directory().with(handle -> handle.execute("""
                INSERT INTO directory.account_name (username, user_id, state)
                SELECT 'stopped' || i, (i::bigint << 23) | (i % 4 << 10), 'reserved' FROM generate_series(1, ?) i""", count));
    }

    private long reservations() {
        List<Long> count = shards.directory()
                .with(handle -> handle.createQuery(
                                "SELECT count(*) FROM directory.account_name WHERE state = 'reserved'")
                        .mapTo(Long.class)
                        .list());
        return count.get(0);
    }
}
