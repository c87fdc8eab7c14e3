package dev.darkroom.ops.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Who posts: in turn one of the most followed, who are gone through from the top, and one drawn with a chance that grows with
 * the followers. The same graph and count give the same authors.
 */
final class Authors {

    private static final int MOST_FOLLOWED = 100;
    private static final long SEED = 2011;

    private final int[] ranking;
    private final int[] followers;
    private final SplittableRandom random = new SplittableRandom(SEED);

    Authors(Graph graph) {
        int[] counts = graph.followerCounts();
        this.ranking = IntStream.rangeClosed(1, graph.accounts())
                .boxed()
                .sorted((a, b) -> counts[a] == counts[b] ? a - b : counts[b] - counts[a])
                .mapToInt(Integer::intValue)
                .toArray();
        this.followers = graph.followees();
    }

    /** The author of each post, by number in the graph. */
    List<Integer> of(int posts) {
        List<Integer> authors = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            boolean top = i % 2 == 0;
            // An edge drawn at random ends at an account as often as it has followers.
            authors.add(
                    top
                            ? ranking[i / 2 % Math.min(MOST_FOLLOWED, ranking.length)]
                            : followers[random.nextInt(followers.length)]);
        }
        return authors;
    }
}
