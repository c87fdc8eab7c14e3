package dev.darkroom.ops.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who should have which photos, by the graph alone: those of whom one follows, and one's own. Immutable once made. */
final class Expectations {

    private final Map<Integer, List<Long>> byAuthor;
    private final Map<Integer, List<Integer>> authorsOf = new HashMap<>();
    private final Set<Long> photos = new HashSet<>();

    /** @param byAuthor the accepted photos of each author, by number in the graph */
    Expectations(Graph graph, Map<Integer, List<Long>> byAuthor) {
        this.byAuthor = byAuthor;
        byAuthor.values().forEach(photos::addAll);
        byAuthor.keySet().forEach(author -> add(author, author));
        for (int i = 0; i < graph.edges(); i++) {
            if (byAuthor.containsKey(graph.followees()[i])) {
                add(graph.followers()[i], graph.followees()[i]);
            }
        }
    }

    private void add(int reader, int author) {
        authorsOf.computeIfAbsent(reader, unused -> new ArrayList<>(2)).add(author);
    }

    /** Whether the photo was posted in this run: of others nothing is expected. */
    boolean isOurs(long photo) {
        return photos.contains(photo);
    }

    Set<Long> photosFor(int reader) {
        Set<Long> expected = new HashSet<>();
        authorsOf.getOrDefault(reader, List.of()).forEach(author -> expected.addAll(byAuthor.get(author)));
        return expected;
    }

    /** Everybody who should have any. */
    Collection<Integer> readers() {
        return authorsOf.keySet();
    }
}
