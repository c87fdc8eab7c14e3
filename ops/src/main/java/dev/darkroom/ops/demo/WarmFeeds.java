package dev.darkroom.ops.demo;

import dev.darkroom.ops.terminal.Progress;
import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * The feeds of four users in five: they exist before anything is posted, as those of people who look at theirs. The fifth
 * user's feed is left alone and built when it is read.
 */
final class WarmFeeds {

    private static final int ONE_COLD_IN = 5;

    private final GraphAccounts.Loaded accounts;
    private final RawFeeds raw;
    private final ApiClient api;
    private final Tokens tokens;
    private List<Integer> warm = List.of();

    WarmFeeds(GraphAccounts.Loaded accounts, RawFeeds raw, ApiClient api, Tokens tokens) {
        this.accounts = accounts;
        this.raw = raw;
        this.api = api;
        this.tokens = tokens;
    }

    /** The choice depends on the number alone; a feed that an earlier run has built stays warm. */
    static boolean isCold(int user) {
        return user % ONE_COLD_IN == 0;
    }

    void prepare(Progress progress) {
        List<Integer> all = IntStream.range(1, accounts.ids().length).boxed().toList();
        // The first look at a feed makes the generation that all keys hold: a cold one's, where there are so many.
        api.feed(tokens.of(accounts.ids()[Math.min(ONE_COLD_IN, all.size())]));
        List<Integer> existing = existing(all);
        Set<Integer> found = new HashSet<>(existing);
        List<Integer> missing = all.stream()
                .filter(user -> !isCold(user))
                .filter(user -> !found.contains(user))
                .toList();
        try (Progress.Bar bar = progress.begin("warm feeds", missing.size())) {
            if (accounts.isNew()) {
                raw.makeEmpty(missing.stream().map(user -> accounts.ids()[user]).toList(), bar::step);
            } else {
                readAll(missing, bar);
            }
        }
        List<Integer> users = new ArrayList<>(existing);
        users.addAll(missing);
        warm = List.copyOf(users);
    }

    /** By number in the graph. */
    List<Integer> users() {
        return warm;
    }

    private List<Integer> existing(List<Integer> all) {
        List<Integer> existing = new ArrayList<>();
        List<UserId> ids = all.stream().map(user -> accounts.ids()[user]).toList();
        Iterator<Integer> numbers = all.iterator();
        raw.read(ids, (user, entries) -> {
            int number = numbers.next();
            if (RawFeeds.isComplete(entries)) {
                existing.add(number);
            }
        });
        return existing;
    }

    /** Accounts of an earlier run have photos to see: reading builds the feed. */
    private void readAll(List<Integer> users, Progress.Bar bar) {
        tokens.prepare(users.stream().map(user -> accounts.ids()[user]).toList());
        List<Callable<Integer>> reads = users.stream()
                .<Callable<Integer>>map(user -> () -> {
                    api.buildFeed(tokens.of(accounts.ids()[user]));
                    bar.step();
                    return user;
                })
                .toList();
        Parallel.run("warm", Parallel.READERS, reads);
    }
}
