package dev.darkroom.workers.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.follows.FollowJobs;
import dev.darkroom.jobs.JobType;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.testing.RedisExtension;
import dev.darkroom.testing.ShardsExtension;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever happens in whatever order, with every job run late, twice, by a process that dies, or long after it was done: once
 * it is quiet every feed is what a model without jobs says; and until then nobody sees what is not for them.
 */
class FeedModelIT {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    @RegisterExtension
    static final ShardsExtension SHARDS =
            new ShardsExtension(Stream.<JobType<?>>concat(MediaJobs.all().stream(), FollowJobs.all().stream())
                    .toList());

    private FeedPlaces places;

    @BeforeEach
    void open() {
        places = new FeedPlaces(REDIS);
    }

    @AfterEach
    void close() {
        places.close();
    }

    @Test
    void after_quiet_every_feed_equals_the_model() {
        IntStream.range(0, 60).forEach(this::run);
    }

    /** Some minutes. */
    @Test
    @Tag("full")
    void after_quiet_every_feed_equals_the_model_in_thousands_of_stories() {
        IntStream.range(60, 4_000).forEach(this::run);
    }

    private void run(int seed) {
        FeedStory story = new FeedStory(SHARDS.shards(), places, seed);
        story.tell();
        assertThat(story.feeds()).as(() -> "seed " + seed + ":\n" + story).isEqualTo(story.expected());
        assertThat(story.followers()).as(() -> "seed " + seed + ":\n" + story).isEqualTo(story.expectedFollowers());
    }
}
