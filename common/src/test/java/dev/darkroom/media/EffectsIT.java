package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.CompletionWrite;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EffectsIT {

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(MediaJobs.all());

    private Shards shards;
    private MediaStore media;
    private UserId ana;
    private MediaId id;

    @BeforeEach
    void post() {
        shards = SHARDS.shards();
        media = new MediaStore(shards);
        ana = TestUsers.make(shards, 1).get(0);
        id = media.post(TestMedia.of(ana)).id();
    }

    @Test
    void a_rendered_media_is_ready_and_has_a_new_version() {
        complete(MediaStore.markReady(id));
        complete(MediaStore.markReady(id));

        assertThat(media.find(id).orElseThrow().state()).isEqualTo(MediaState.READY);
        assertThat(media.find(id).orElseThrow().version()).isEqualTo(2);
        assertThat(effect(EffectKind.RENDERED).state()).isEqualTo(EffectState.DONE);
        assertThat(effect(EffectKind.FEEDS).state()).isEqualTo(EffectState.WAITING);
    }

    @Test
    void a_refused_media_says_why_and_is_not_counted() {
        complete(MediaStore.markRefused(id, "The photo is cut off; send it again"));
        complete(MediaStore.markRefused(id, "again"));
        complete(MediaStore.markReady(id));

        assertThat(media.find(id).orElseThrow().state()).isEqualTo(MediaState.REFUSED);
        assertThat(media.find(id).orElseThrow().refusal()).isEqualTo("The photo is cut off; send it again");
        assertThat(media.deliveries(id))
                .allSatisfy(effect -> assertThat(effect.state()).isEqualTo(EffectState.FAILED))
                .allSatisfy(effect -> assertThat(effect.error()).startsWith("The photo is cut off"));
        assertThat(count()).isZero();
        assertThat(media.delete(ana, id)).isTrue();
        assertThat(count()).isZero();
    }

    @Test
    void a_media_deleted_while_it_was_processed_is_discounted_once() {
        media.delete(ana, id);
        complete(MediaStore.markRefused(id, "too late"));

        assertThat(count()).isZero();
    }

    @Test
    void feeds_are_done_with_the_last_part() {
        complete(Effects.planned(id, EffectKind.FEEDS, 10_000));
        assertThat(effect(EffectKind.FEEDS).state()).isEqualTo(EffectState.UNDER_WAY);

        complete(Effects.advanced(id, EffectKind.FEEDS, 5_000));
        complete(Effects.advanced(id, EffectKind.FEEDS, 3_200));
        assertThat(effect(EffectKind.FEEDS).done()).isEqualTo(8_200);
        assertThat(effect(EffectKind.FEEDS).total()).isEqualTo(10_000);
        assertThat(effect(EffectKind.FEEDS).state()).isEqualTo(EffectState.UNDER_WAY);

        complete(Effects.advanced(id, EffectKind.FEEDS, 1_800));
        assertThat(effect(EffectKind.FEEDS).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void an_effect_of_no_parts_is_done() {
        complete(Effects.planned(id, EffectKind.FEEDS, 0));

        assertThat(effect(EffectKind.FEEDS).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void a_failed_effect_says_why() {
        complete(Effects.failed(id, EffectKind.FEEDS, "The feeds are away"));

        assertThat(effect(EffectKind.FEEDS).state()).isEqualTo(EffectState.FAILED);
        assertThat(effect(EffectKind.FEEDS).error()).isEqualTo("The feeds are away");
    }

    @Test
    void parts_that_failed_are_told_until_they_are_made_up_for() {
        complete(Effects.planned(id, EffectKind.FEEDS, 10_000));
        complete(Effects.advanced(id, EffectKind.FEEDS, 4_000));
        complete(Effects.incomplete(id, EffectKind.FEEDS, "2 groups have failed"));
        complete(Effects.advanced(id, EffectKind.FEEDS, 5_000));
        assertThat(effect(EffectKind.FEEDS).state()).isEqualTo(EffectState.FAILED);
        assertThat(effect(EffectKind.FEEDS).error()).isEqualTo("2 groups have failed");
        assertThat(effect(EffectKind.FEEDS).done()).isEqualTo(9_000);

        complete(Effects.advanced(id, EffectKind.FEEDS, 1_000));
        assertThat(effect(EffectKind.FEEDS).state()).isEqualTo(EffectState.DONE);
        assertThat(effect(EffectKind.FEEDS).error()).isNull();

        complete(Effects.incomplete(id, EffectKind.FEEDS, "late"));
        assertThat(effect(EffectKind.FEEDS).state()).isEqualTo(EffectState.DONE);
    }

    private Effect effect(EffectKind kind) {
        return media.deliveries(id).stream()
                .filter(effect -> effect.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private long count() {
        return new UserStore(shards).counts(ana).media();
    }

    private void complete(CompletionWrite write) {
        TestMedia.complete(shards, id, write);
    }
}
