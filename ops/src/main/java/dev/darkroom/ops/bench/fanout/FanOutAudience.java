package dev.darkroom.ops.bench.fanout;

import dev.darkroom.follows.FollowBulk;
import dev.darkroom.follows.FollowEdge;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.NewUser;
import dev.darkroom.users.UserBulk;
import dev.darkroom.users.UserId;
import dev.darkroom.users.Username;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Generated accounts: authors with a given number of followers, who are the first of one crowd. Found again by their names in
 * a later run with the same sizes.
 */
final class FanOutAudience {

    private static final String FIND = """
            SELECT username, user_id FROM directory.account_name
            WHERE username >= :from AND username < :to AND state = 'confirmed'""";

    private final Map<Integer, UserId> authors;
    private final List<UserId> crowd;

    private FanOutAudience(Map<Integer, UserId> authors, List<UserId> crowd) {
        this.authors = authors;
        this.crowd = crowd;
    }

    /** @param sizes numbers of followers, ascending */
    static FanOutAudience ensure(Shards shards, List<Integer> sizes, Consumer<String> progress) {
        int largest = sizes.get(sizes.size() - 1);
        String name = "b" + Integer.toUnsignedString(sizes.hashCode(), 36) + "_";
        UserId[] found = find(shards, name, largest + sizes.size());
        if (found == null) {
            progress.accept("making " + largest + " accounts");
            found = new UserBulk(shards)
                    .load(IntStream.range(0, largest + sizes.size())
                            .mapToObj(i -> new NewUser(new Username(name + i), null))
                            .iterator())
                    .toArray(UserId[]::new);
            UserId[] all = found;
            progress.accept(
                    "making " + sizes.stream().mapToInt(Integer::intValue).sum() + " follows");
            new FollowBulk(shards)
                    .load(IntStream.range(0, sizes.size())
                            .boxed()
                            .flatMap(author -> followers(all, largest, author, sizes.get(author)))
                            .iterator());
        }
        Map<Integer, UserId> authors = new LinkedHashMap<>();
        for (int i = 0; i < sizes.size(); i++) {
            authors.put(sizes.get(i), found[largest + i]);
        }
        return new FanOutAudience(authors, Arrays.asList(found).subList(0, largest));
    }

    private static Stream<FollowEdge> followers(UserId[] all, int largest, int author, int size) {
        return IntStream.range(0, size).mapToObj(i -> new FollowEdge(all[i], all[largest + author]));
    }

    private static UserId @Nullable [] find(Shards shards, String name, int count) {
        UserId[] ids = new UserId[count];
        int found = shards.directory()
                .with(handle -> handle.createQuery(FIND)
                        .bind("from", name)
                        .bind("to", name.substring(0, name.length() - 1) + (char) ('_' + 1))
                        .map((row, context) -> {
                            int number = Integer.parseInt(row.getString(1).substring(name.length()));
                            if (number < count) {
                                ids[number] = new UserId(row.getLong(2));
                            }
                            return 1;
                        })
                        .list()
                        .size());
        return found == count ? ids : null;
    }

    UserId author(int size) {
        UserId author = authors.get(size);
        if (author == null) {
            throw new IllegalArgumentException("No author has " + size + " followers");
        }
        return author;
    }

    /** The followers of the author with so many. */
    List<UserId> followers(int size) {
        return crowd.subList(0, size);
    }
}
