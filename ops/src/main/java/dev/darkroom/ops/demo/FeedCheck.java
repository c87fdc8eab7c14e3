package dev.darkroom.ops.demo;

import dev.darkroom.ops.terminal.Progress;
import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Compares everybody's feed with what the graph says. First all lists as they lie in Redis, also of those who should have
 * nothing; then, through the API, the feeds of cold readers who should have something, of warm ones whose list was lost, and
 * of some who should have nothing.
 */
final class FeedCheck {

    private static final int READS_AT_ONCE = 6;

    /** Of the users without a list who should see nothing, so many are asked through the API too. */
    private static final int BYSTANDERS = 100;

    private final GraphAccounts.Loaded accounts;
    private final RawFeeds raw;
    private final ApiClient api;
    private final Tokens tokens;

    /**
     * What was found.
     *
     * @param rebuilt warm feeds whose list was gone
     * @param inRedis lists compared
     * @param byApi feeds read through the API
     */
    record Result(FeedTally tally, long rebuilt, long inRedis, long byApi) {}

    FeedCheck(GraphAccounts.Loaded accounts, RawFeeds raw, ApiClient api, Tokens tokens) {
        this.accounts = accounts;
        this.raw = raw;
        this.api = api;
        this.tokens = tokens;
    }

    /** @param warm users whose feed existed when the first photo was posted, by number in the graph */
    Result run(Expectations expectations, List<Integer> warm, Progress progress) {
        FeedTally tally = new FeedTally(expectations);
        List<Integer> unlisted = checkLists(tally, progress);
        Set<Integer> lost = new HashSet<>(warm);
        lost.retainAll(unlisted);
        Set<Integer> readers = new HashSet<>(unlisted);
        readers.retainAll(expectations.readers());
        readers.addAll(lost);
        unlisted.stream()
                .filter(user -> !readers.contains(user))
                .limit(BYSTANDERS)
                .toList()
                .forEach(readers::add);
        checkByApi(readers, tally, progress);
        return new Result(tally, lost.size(), accounts.ids().length - 1 - unlisted.size(), readers.size());
    }

    /** Returns the users who have no complete list. */
    private List<Integer> checkLists(FeedTally tally, Progress progress) {
        List<Integer> unlisted = new ArrayList<>();
        List<UserId> users = Arrays.asList(accounts.ids()).subList(1, accounts.ids().length);
        try (Progress.Bar bar = progress.begin("feeds in Redis", users.size())) {
            Iterator<Integer> numbers =
                    IntStream.range(1, accounts.ids().length).iterator();
            raw.read(users, (user, entries) -> {
                int number = numbers.next();
                if (RawFeeds.isComplete(entries)) {
                    tally.count(number, RawFeeds.media(entries));
                } else {
                    unlisted.add(number);
                }
                bar.step();
            });
        }
        return unlisted;
    }

    private void checkByApi(Set<Integer> users, FeedTally tally, Progress progress) {
        try (Progress.Bar bar = progress.begin("feeds by API", users.size())) {
            List<Callable<Integer>> reads = users.stream()
                    .<Callable<Integer>>map(user -> () -> {
                        List<Long> feed = api.feed(tokens.of(accounts.ids()[user]));
                        tally.count(user, feed);
                        bar.step();
                        return feed.size();
                    })
                    .toList();
            Parallel.run("check", READS_AT_ONCE, reads);
        }
    }
}
