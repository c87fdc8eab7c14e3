package dev.darkroom.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeedTallyTest {

    private static final int AUTHOR = 1;
    private static final int FOLLOWER = 2;
    private static final int STRANGER = 3;
    private static final long PHOTO = 1_000;
    private static final long OTHER_PHOTO = 1_001;

    private final Graph graph = new Graph("test", 3, new int[] {FOLLOWER}, new int[] {AUTHOR});
    private final FeedTally tally = new FeedTally(new Expectations(graph, Map.of(AUTHOR, List.of(PHOTO, OTHER_PHOTO))));

    @Test
    void finds_nothing_wrong_where_follower_and_author_have_all_and_a_stranger_none() {
        tally.count(FOLLOWER, List.of(OTHER_PHOTO, PHOTO));
        tally.count(AUTHOR, List.of(OTHER_PHOTO, PHOTO));
        tally.count(STRANGER, List.of());

        assertTally(4, 4, 0, 0);
    }

    @Test
    void counts_a_photo_that_is_not_there_as_missing() {
        tally.count(FOLLOWER, List.of(PHOTO));

        assertTally(2, 1, 1, 0);
    }

    @Test
    void counts_a_photo_that_is_there_twice_as_wrong() {
        tally.count(FOLLOWER, List.of(OTHER_PHOTO, PHOTO, PHOTO));

        assertTally(2, 2, 0, 1);
    }

    @Test
    void counts_a_photo_of_somebody_not_followed_as_wrong() {
        tally.count(STRANGER, List.of(PHOTO));

        assertTally(0, 0, 0, 1);
    }

    @Test
    void leaves_photos_of_earlier_runs_alone() {
        tally.count(STRANGER, List.of(17L, 17L));

        assertTally(0, 0, 0, 0);
    }

    @Test
    void expects_nothing_of_what_a_full_feed_has_let_go() {
        List<Long> newer =
                LongStream.range(0, FeedTally.KEPT).mapToObj(i -> 100_000 - i).toList();

        tally.count(FOLLOWER, newer);
        assertTally(0, 0, 0, 0);

        tally.count(FOLLOWER, Stream.concat(newer.stream(), Stream.of(PHOTO)).toList());
        assertTally(2, 1, 1, 0);
    }

    private void assertTally(long expected, long made, long missing, long wrong) {
        assertThat(List.of(tally.expected(), tally.made(), tally.missing(), tally.wrong()))
                .as("expected, made, missing, wrong")
                .containsExactly(expected, made, missing, wrong);
    }
}
