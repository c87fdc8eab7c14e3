package dev.darkroom.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.FlowCounts;
import dev.darkroom.jobs.Priority;
import dev.darkroom.jobs.testing.GoldenJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedJobsTest {

    private static final long MEDIA = 84_455_030_123_456_789L;

    private final FanOutMedia fanOut = new FanOutMedia(MEDIA, 11_112);
    private final DeliverMedia deliver =
            new DeliverMedia(MEDIA, 11_112, 5_000, 84_455_030_123_456_000L, 5_000, 2_000_000);
    private final FannedOut fannedOut = FannedOut.of(fanOut).ended(new FlowCounts(400, 397, 1, 2));
    private final MergeIntoFeed merge = new MergeIntoFeed(11_113, 11_112);
    private final RemoveFromFeed remove = new RemoveFromFeed(11_113, 11_112);

    @Test
    void jobs_are_stored_as_on_record() {
        GoldenJob.assertOnRecord(FeedJobs.FANOUT, fanOut);
        GoldenJob.assertOnRecord(FeedJobs.DELIVER, deliver);
        GoldenJob.assertOnRecord(FeedJobs.FANNED_OUT, fannedOut);
        GoldenJob.assertOnRecord(FeedJobs.MERGE, merge);
        GoldenJob.assertOnRecord(FeedJobs.REMOVE, remove);
    }

    @Test
    void deliveries_share_the_lane_of_the_author_and_changes_of_a_feed_that_of_its_owner() {
        assertThat(FeedJobs.FANOUT.laneOf(fanOut)).isEqualTo("11112");
        assertThat(FeedJobs.DELIVER.laneOf(deliver)).isEqualTo("11112");
        assertThat(FeedJobs.MERGE.laneOf(merge)).isEqualTo("11113");
        assertThat(FeedJobs.REMOVE.laneOf(remove)).isEqualTo("11113");
    }

    @ParameterizedTest
    @CsvSource({"600, HIGH", "50000, NORMAL", "2000000, LOW"})
    void the_larger_the_audience_the_later(int audience, Priority expected) {
        DeliverMedia chunk = new DeliverMedia(MEDIA, 11_112, 0, 1, 1, audience);
        assertThat(FeedJobs.DELIVER.priorityOf(chunk)).isEqualTo(expected);
    }
}
