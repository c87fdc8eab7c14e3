package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.shards.Shards;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecentMediaIT {

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
        users = TestUsers.make(shards, 8);
        ana = users.get(0);
    }

    @Test
    void pages_are_newest_first_and_leave_out_both_ends() {
        List<MediaId> ids = readyMedia(ana, 7);

        assertThat(recent(null, null, 3)).containsExactly(ids.get(6), ids.get(5), ids.get(4));
        assertThat(recent(ids.get(4), null, 3)).containsExactly(ids.get(3), ids.get(2), ids.get(1));
        assertThat(recent(ids.get(1), null, 3)).containsExactly(ids.get(0));
        assertThat(recent(ids.get(0), null, 3)).isEmpty();
        assertThat(recent(null, ids.get(4), 9)).containsExactly(ids.get(6), ids.get(5));
        assertThat(recent(ids.get(5), ids.get(2), 9)).containsExactly(ids.get(4), ids.get(3));
    }

    @Test
    void a_time_span_holds_both_its_seconds() {
        MediaId id = readyMedia(ana, 1).get(0);
        Instant second = Instant.ofEpochSecond(id.createdAt().getEpochSecond());

        assertThat(between(second, second)).containsExactly(id);
        assertThat(between(second, null)).containsExactly(id);
        assertThat(between(null, second)).containsExactly(id);
        assertThat(between(second.plusSeconds(1), null)).isEmpty();
        assertThat(between(null, second.minusSeconds(1))).isEmpty();
        assertThat(between(Instant.EPOCH, second.plusSeconds(1_000_000))).containsExactly(id);
    }

    @Test
    void others_see_what_is_ready_and_the_owner_sees_everything() {
        MediaId processing = media.post(TestMedia.of(ana)).id();
        MediaId refused = media.post(TestMedia.of(ana)).id();
        TestMedia.complete(shards, refused, MediaStore.markRefused(refused, "no photo"));
        MediaId ready = readyMedia(ana, 1).get(0);
        MediaId deleted = readyMedia(ana, 1).get(0);
        media.delete(ana, deleted);

        assertThat(recent(null, null, 9)).containsExactly(ready);
        assertThat(media.recentOfOwn(ana, MediaRange.latest(9)))
                .extracting(Media::id)
                .containsExactly(ready, refused, processing);
        assertThat(media.recentIdsOf(users, 9)).containsExactly(ready);
    }

    @Test
    void the_media_of_many_are_merged_newest_first() {
        List<MediaId> all = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            users.forEach(user -> all.addAll(readyMedia(user, 1)));
        }
        readyMedia(TestUsers.make(shards, 1).get(0), 2);
        all.sort(Comparator.reverseOrder());

        assertThat(media.recentIdsOf(users, 100)).isEqualTo(all);
        assertThat(media.recentIdsOf(users, 10)).isEqualTo(all.subList(0, 10));
        assertThat(media.recentIdsOf(List.of(ana, ana, new UserId(8000 << 10)), 10))
                .hasSize(3);
        assertThat(media.recentIdsOf(List.of(), 10)).isEmpty();
        assertThat(media.recentOf(new UserId(8000 << 10), MediaRange.latest(1))).isEmpty();
    }

    private List<MediaId> readyMedia(UserId owner, int count) {
        List<MediaId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(TestMedia.ready(shards, owner));
        }
        return ids;
    }

    private List<MediaId> recent(MediaId maxId, MediaId minId, int count) {
        return media.recentOf(ana, new MediaRange(maxId, minId, null, null, count)).stream()
                .map(Media::id)
                .toList();
    }

    private List<MediaId> between(Instant from, Instant until) {
        return media.recentOf(ana, new MediaRange(null, null, from, until, 9)).stream()
                .map(Media::id)
                .toList();
    }
}
