package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.media.format.Coordinates;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MediaStoreIT {

    private static final int CALLERS = 8;

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(MediaJobs.all());

    private Shards shards;
    private MediaStore media;
    private List<UserId> users;
    private UserId ana;

    @BeforeEach
    void makeUsers() {
        shards = SHARDS.shards();
        media = new MediaStore(shards);
        users = TestUsers.make(shards, 4);
        ana = users.get(2);
    }

    @Test
    void what_is_posted_is_found_with_everything_and_its_job() {
        NewMedia posted = new NewMedia(
                ana,
                TestMedia.photo(),
                "At the #pier 🌄",
                "Hefe",
                List.of("pier", "日の出"),
                new Coordinates(48.5, -2.25),
                77L,
                "first");

        Media answered = media.post(posted);

        Media found = media.find(answered.id()).orElseThrow();
        assertThat(found).isEqualTo(answered);
        assertThat(found.state()).isEqualTo(MediaState.PROCESSING);
        assertThat(found.photo()).isEqualTo(posted.photo());
        assertThat(found.tags()).containsExactly("pier", "日の出");
        assertThat(found.coordinates()).isEqualTo(new Coordinates(48.5, -2.25));
        assertThat(found.createdAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(found.id().shard()).isEqualTo(ana.shard());
        assertThat(jobs("media.render", found.id())).isEqualTo(1);
        assertThat(mediaCount()).isEqualTo(1);
        assertThat(media.deliveries(found.id()))
                .extracting(Effect::kind, Effect::state, Effect::done, Effect::total)
                .containsExactly(
                        tuple(EffectKind.RENDERED, EffectState.WAITING, 0, 0),
                        tuple(EffectKind.FEEDS, EffectState.WAITING, 0, 0));
    }

    @Test
    void what_may_be_left_out_may_be_left_out() {
        Media answered = media.post(TestMedia.of(ana));

        assertThat(media.find(answered.id())).contains(answered);
        assertThat(answered.caption()).isNull();
        assertThat(answered.coordinates()).isNull();
    }

    @Test
    void a_repeated_idempotency_key_gives_the_first_media_and_no_further_job() {
        Media first = media.post(TestMedia.withKey(ana, "one"));
        Media again = media.post(TestMedia.withKey(ana, "one"));
        Media other = media.post(TestMedia.withKey(ana, "two"));
        Media others = media.post(TestMedia.withKey(users.get(0), "one"));

        assertThat(again).isEqualTo(first);
        assertThat(Set.of(first.id(), other.id(), others.id())).hasSize(3);
        assertThat(jobs("media.render", first.id())).isEqualTo(1);
        assertThat(mediaCount()).isEqualTo(2);
    }

    @Test
    void concurrent_repeats_of_a_post_make_one_media() throws Exception {
        for (int round = 0; round < 5; round++) {
            String key = "round " + round;
            CyclicBarrier start = new CyclicBarrier(CALLERS);
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            List<Future<Media>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(callers.submit(() -> {
                    start.await();
                    return media.post(TestMedia.withKey(ana, key));
                }));
            }
            Set<Media> answers = new HashSet<>();
            for (Future<Media> call : calls) {
                answers.add(call.get());
            }
            callers.shutdown();

            assertThat(answers).hasSize(1);
            assertThat(jobs("media.render", answers.iterator().next().id())).isEqualTo(1);
            assertThat(mediaCount()).isEqualTo(round + 1);
        }
    }

    @Test
    void a_post_whose_job_cannot_be_enqueued_leaves_nothing() {
        try (Shards without = Shards.open(SHARDS.parts(), JobTypes.of(), DirectSubmission.NONE)) {
            assertThatThrownBy(() -> new MediaStore(without).post(TestMedia.of(ana)))
                    .isInstanceOf(JobException.class);
        }

        assertThat(media.recentOfOwn(ana, MediaRange.latest(10))).isEmpty();
        assertThat(mediaCount()).isZero();
    }

    @Test
    void many_are_found_over_all_databases() {
        List<MediaId> ids =
                users.stream().map(user -> media.post(TestMedia.of(user)).id()).toList();
        List<MediaId> asked = new ArrayList<>(ids);
        asked.add(ids.get(1));
        asked.add(new MediaId(8000 << 10));
        asked.add(new MediaId(1 << 10));
        media.delete(users.get(0), ids.get(0));

        assertThat(media.findAll(asked).keySet()).containsExactlyInAnyOrderElementsOf(ids.subList(1, 4));
        assertThat(media.findAll(List.of())).isEmpty();
        assertThat(media.find(new MediaId(8000 << 10))).isEmpty();
    }

    @Test
    void only_the_owner_deletes_and_only_once() {
        MediaId id = media.post(TestMedia.withKey(ana, "key")).id();

        assertThat(media.delete(users.get(0), id)).isFalse();
        assertThat(media.find(id)).isPresent();
        assertThat(media.delete(ana, id)).isTrue();
        assertThat(media.delete(ana, id)).isFalse();

        assertThat(media.find(id)).isEmpty();
        assertThat(media.findAll(List.of(id))).isEmpty();
        assertThat(media.recentOfOwn(ana, MediaRange.latest(10))).isEmpty();
        assertThat(media.findEvenDeleted(id)).isPresent();
        assertThat(jobs("media.delete", id)).isEqualTo(1);
        assertThat(mediaCount()).isZero();
        assertThat(media.post(TestMedia.withKey(ana, "key")).id())
                .as("a late repeat")
                .isEqualTo(id);
    }

    private long mediaCount() {
        return new UserStore(shards).counts(ana).media();
    }

    private int jobs(String type, MediaId id) {
        return shards.read(
                id.shard(),
                handle -> handle.createQuery(
                                "SELECT count(*) FROM jobs.job"
                                        + " WHERE type = :type AND (convert_from(args, 'UTF8')::jsonb ->> 'mediaId')::bigint = :id")
                        .bind("type", type)
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one());
    }
}
