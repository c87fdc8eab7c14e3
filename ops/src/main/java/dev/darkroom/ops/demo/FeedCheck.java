package dev.darkroom.ops.demo;

import dev.darkroom.ops.terminal.Progress;
import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Compares feeds with what the graph says. First the lists as they lie in Redis, also of those who should have nothing. Then
 * those of warm readers whose list was lost: each asks the API for its newest photo, which builds the list, and it is compared
 * like the others. At last, through the API and in all pages, the feeds of cold readers who should have something, and of some
 * who should have nothing.
 */
final class FeedCheck {

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
    Result run(Expectations expectations, List<Integer> warm, FeedSample sample, Progress progress) {
        FeedTally tally = new FeedTally(expectations);
        List<Integer> unlisted = compareLists("feeds in Redis", sample.users(), tally, progress);
        Set<Integer> lost = new TreeSet<>(warm);
        lost.retainAll(unlisted);
        ask("rebuilding feeds", lost, user -> api.buildFeed(token(user)), progress);
        List<Integer> lostAgain = compareLists("rebuilt feeds", List.copyOf(lost), tally, progress);
        Set<Integer> readers = new HashSet<>(unlisted);
        readers.removeAll(lost);
        readers.retainAll(expectations.readers());
        readers.addAll(lostAgain);
        unlisted.stream()
                .filter(user -> !lost.contains(user) && !readers.contains(user))
                .limit(BYSTANDERS)
                .toList()
                .forEach(readers::add);
        ask("feeds by API", readers, user -> tally.count(user, api.feed(token(user))), progress);
        long inRedis = (long) sample.users().size() - unlisted.size() + lost.size() - lostAgain.size();
        return new Result(tally, lost.size(), inRedis, readers.size());
    }

    /** Returns the users who have no complete list. */
    private List<Integer> compareLists(String task, List<Integer> users, FeedTally tally, Progress progress) {
        List<Integer> unlisted = new ArrayList<>();
        if (users.isEmpty()) {
            return unlisted;
        }
        List<UserId> ids = users.stream().map(user -> accounts.ids()[user]).toList();
        try (Progress.Bar bar = progress.begin(task, users.size())) {
            Iterator<Integer> numbers = users.iterator();
            raw.read(ids, (user, entries) -> {
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

    private void ask(String task, Collection<Integer> users, Consumer<Integer> question, Progress progress) {
        if (users.isEmpty()) {
            return;
        }
        tokens.prepare(users.stream().map(user -> accounts.ids()[user]).toList());
        try (Progress.Bar bar = progress.begin(task, users.size())) {
            List<Callable<Integer>> questions = users.stream()
                    .<Callable<Integer>>map(user -> () -> {
                        question.accept(user);
                        bar.step();
                        return user;
                    })
                    .toList();
            Parallel.run("check", Parallel.READERS, questions);
        }
    }

    private String token(int user) {
        return tokens.of(accounts.ids()[user]);
    }
}
