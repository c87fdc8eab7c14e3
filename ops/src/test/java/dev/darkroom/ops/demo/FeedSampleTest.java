package dev.darkroom.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedSampleTest {

    @Test
    void all_are_all() {
        FeedSample all = FeedSample.all(3);

        assertThat(all.users()).containsExactly(1, 2, 3);
        assertThat(all.of()).isEqualTo(3);
        assertThat(all.seed()).isNull();
    }

    @Test
    void some_are_so_many_different_ones_and_the_same_with_the_same_seed() {
        FeedSample some = FeedSample.some(50, 100, 7);

        assertThat(some.users())
                .hasSize(50)
                .doesNotHaveDuplicates()
                .isSorted()
                .allMatch(user -> user >= 1 && user <= 100)
                .isEqualTo(FeedSample.some(50, 100, 7).users())
                .isNotEqualTo(FeedSample.some(50, 100, 8).users());
        assertThat(some.of()).isEqualTo(100);
    }

    @Test
    void of_fewer_accounts_than_asked_for_all_are_checked() {
        assertThat(FeedSample.some(4, 4, 7)).isEqualTo(FeedSample.all(4));
    }
}
