package dev.darkroom.ops.killtest.effects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobKeyTest {

    @Test
    void says_who_made_it_and_whether_it_follows_another() {
        JobKey key = JobKey.of(12_345, 678_901);

        assertThat(key.producer()).isEqualTo(12_345);
        assertThat(key.sequence()).isEqualTo(678_901);
        assertThat(key.isFollowUp()).isFalse();
        assertThat(key.followUp().isFollowUp()).isTrue();
        assertThat(key.followUp().sequence()).isEqualTo(678_901);
    }

    @Test
    void every_kind_and_fate_comes_up_and_a_follow_up_is_plain() {
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
        for (int i = 0; i < 10_000; i++) {
            JobKey key = JobKey.of(3, i);
            kinds.merge(key.kind(), 1, Integer::sum);
            fates.merge(key.fate(), 1, Integer::sum);
            assertThat(key.followUp().fate()).isEqualTo(Fate.PLAIN);
        }

        assertThat(kinds.get(Kind.ROW)).isBetween(4_500, 5_500);
        assertThat(kinds.get(Kind.REDIS)).isBetween(2_200, 2_800);
        assertThat(kinds.get(Kind.CALL)).isBetween(2_200, 2_800);
        assertThat(fates.get(Fate.DOOMED)).isBetween(5, 50);
        assertThat(fates.get(Fate.RETRIED)).isBetween(50, 150);
        assertThat(fates.get(Fate.SNOOZED)).isBetween(50, 150);
        assertThat(fates.get(Fate.FOLLOWED)).isBetween(800, 1_200);
    }

    @Test
    void is_found_again_in_the_arguments_of_its_job() {
        for (int i = 0; i < 20; i++) {
            JobKey key = JobKey.of(7, i);
            String type = EffectJobs.ALL.typeOf(EffectJobs.job(key)).name();
            byte[] arguments = ("{\"key\":" + key.value() + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertThat(EffectJobs.keyOf(type, arguments)).isEqualTo(key);
        }
    }
}
