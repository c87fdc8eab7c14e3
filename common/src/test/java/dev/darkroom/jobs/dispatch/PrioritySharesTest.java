package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PrioritySharesTest {

    private static final short HIGH = 0;
    private static final short LOW = 2;
    private static final Set<Short> BOTH = Set.of(HIGH, LOW);

    private final PriorityShares shares = new PriorityShares();

    @Test
    void with_room_for_one_at_a_time_a_twentieth_goes_to_the_less_urgent() {
        assertThat(lowOf(2_000, 1)).isBetween(98, 102);
    }

    @Test
    void with_much_room_too() {
        assertThat(lowOf(20, 1_000)).isBetween(900, 1_000);
    }

    @Test
    void who_is_alone_is_owed_nothing() {
        shares.wentOut(Set.of(LOW), 10_000);

        assertThat(shares.due(LOW)).isZero();
    }

    @Test
    void what_was_missed_in_a_long_time_is_not_all_made_up_for() {
        shares.wentOut(BOTH, 1_000_000);

        assertThat(shares.due(LOW)).isLessThanOrEqualTo(500);
    }

    private int lowOf(int fills, int room) {
        int low = 0;
        for (int i = 0; i < fills; i++) {
            int due = Math.min(room, shares.due(LOW));
            shares.took(LOW, due);
            low += due;
            shares.wentOut(BOTH, room);
        }
        return low;
    }
}
