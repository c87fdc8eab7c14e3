package dev.darkroom.ops.demo;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a demonstration found.
 *
 * @param accounts of the graph
 * @param follows of the graph
 * @param warmFeeds feeds that existed when the first photo was posted
 * @param posted photos taken and rendered
 * @param refused photos refused, at once or when they were rendered
 * @param refusals why, by file
 * @param deliveriesExpected a photo for each follower of its author and for the author, of those whose feeds were checked
 * @param deliveriesMade of these, those found exactly where they belong
 * @param missing of these, those not found
 * @param wrong photos found twice in a feed, or in the feed of somebody who should not have them
 * @param rebuilt feeds that existed at the start, were lost with a restart of Redis, and were checked by reading them
 * @param feeds of all accounts
 * @param feedsChecked of these, those compared, in Redis or through the API: all that exist or should hold something, and some of
 *     the others, if no sample was asked for
 * @param checkSeed with which the sample was drawn; null where all feeds were to be checked
 * @param checkedInRedis feeds compared as they lie in Redis
 * @param checkedByApi feeds compared as the API gives them, all pages
 * @param seconds from the first post until no job was left
 * @param types what each job type did meanwhile
 * @param kills how often each part was killed meanwhile
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DemoReport(
        int accounts,
        int follows,
        int warmFeeds,
        int posted,
        int refused,
        List<Refusal> refusals,
        long deliveriesExpected,
        long deliveriesMade,
        long missing,
        long wrong,
        long rebuilt,
        long feeds,
        long feedsChecked,
        @Nullable Long checkSeed,
        long checkedInRedis,
        long checkedByApi,
        double seconds,
        Map<String, QueueWatch.Done> types,
        Map<String, Integer> kills) {

    /** A photo that was not taken, and why; posted so many times. */
    public record Refusal(String file, String reason, int times) {}

    /** Whether every photo is in every feed it belongs to, and nowhere else. */
    public boolean isRight() {
        return missing == 0 && wrong == 0;
    }
}
