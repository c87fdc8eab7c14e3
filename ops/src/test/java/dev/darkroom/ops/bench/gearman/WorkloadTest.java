package dev.darkroom.ops.bench.gearman;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkloadTest {

    private final Workload load = new Workload("f", 300, 20);

    @Test
    void counts_what_was_not_handed_out_exactly_once() {
        for (int i = 0; i < 299; i++) {
            load.handedOut(load.payload(i), 0);
        }
        load.handedOut(load.payload(7), 0);

        assertThat(load.wrong()).as("one never, one twice").isEqualTo(2);
    }

    @Test
    void keys_are_the_number_with_leading_zeros() {
        assertThat(Workload.key(1234)).isEqualTo("k000001234");
    }
}
