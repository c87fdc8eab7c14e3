package dev.darkroom.workers.feed;

import static dev.darkroom.follows.FollowState.BLOCKS;
import static dev.darkroom.follows.FollowState.FOLLOWS;
import static dev.darkroom.follows.FollowState.NONE;
import static dev.darkroom.follows.FollowState.REQUESTED;

import dev.darkroom.follows.FollowAnswer;
import dev.darkroom.follows.FollowState;
import dev.darkroom.media.MediaId;
import dev.darkroom.users.UserId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Photos, follows, blocks and privacy as if everything took effect at once and everywhere. */
final class FeedModel {

    private final Map<MediaId, UserId> posts = new LinkedHashMap<>();
    private final Map<Edge, FollowState> states = new HashMap<>();
    private final Set<UserId> closed = new HashSet<>();

    /** What one account may be to another. */
    record Edge(UserId from, UserId to) {

        Edge reversed() {
            return new Edge(to, from);
        }
    }

    void post(UserId owner, MediaId photo) {
        posts.put(photo, owner);
    }

    UserId delete(MediaId photo) {
        return posts.remove(photo);
    }

    List<MediaId> photos() {
        return List.copyOf(posts.keySet());
    }

    void setPrivate(UserId user, boolean isPrivate) {
        if (isPrivate) {
            closed.add(user);
        } else {
            closed.remove(user);
        }
    }

    FollowAnswer follow(Edge edge) {
        if (edge.from().equals(edge.to())) {
            return FollowAnswer.ONESELF;
        }
        if (state(edge.reversed()) == BLOCKS) {
            return FollowAnswer.BLOCKED;
        }
        if (state(edge) == BLOCKS) {
            return FollowAnswer.BLOCKING;
        }
        boolean asksInVain = state(edge) == REQUESTED && closed.contains(edge.to());
        if (state(edge) == FOLLOWS || asksInVain) {
            return FollowAnswer.UNCHANGED;
        }
        states.put(edge, closed.contains(edge.to()) ? REQUESTED : FOLLOWS);
        return FollowAnswer.CHANGED;
    }

    void unfollow(Edge edge) {
        if (state(edge) != BLOCKS) {
            states.remove(edge);
        }
    }

    FollowAnswer block(Edge edge) {
        if (edge.from().equals(edge.to())) {
            return FollowAnswer.ONESELF;
        }
        unfollow(edge.reversed());
        return states.put(edge, BLOCKS) == BLOCKS ? FollowAnswer.UNCHANGED : FollowAnswer.CHANGED;
    }

    FollowAnswer unblock(Edge edge) {
        if (edge.from().equals(edge.to())) {
            return FollowAnswer.ONESELF;
        }
        return states.remove(edge, BLOCKS) ? FollowAnswer.CHANGED : FollowAnswer.UNCHANGED;
    }

    /** Whoever is asked grants or refuses a request. */
    void answer(Edge asking, boolean granted) {
        if (granted) {
            states.replace(asking, REQUESTED, FOLLOWS);
        } else {
            states.remove(asking, REQUESTED);
        }
    }

    /** One of the edges that are in a state. */
    Optional<Edge> any(FollowState state, Random random) {
        List<Edge> found = states.entrySet().stream()
                .filter(entry -> entry.getValue() == state)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingLong((Edge edge) -> edge.from().value())
                        .thenComparingLong(edge -> edge.to().value()))
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(random.nextInt(found.size())));
    }

    /** Newest first. */
    List<MediaId> feedOf(UserId viewer) {
        return posts.entrySet().stream()
                .filter(post -> post.getValue().equals(viewer) || follows(viewer, post.getValue()))
                .map(Map.Entry::getKey)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** In the order of their ids. */
    List<UserId> followersOf(UserId user, List<UserId> all) {
        return all.stream()
                .filter(each -> follows(each, user))
                .sorted(Comparator.comparingLong(UserId::value))
                .toList();
    }

    private boolean follows(UserId viewer, UserId owner) {
        return state(new Edge(viewer, owner)) == FOLLOWS;
    }

    private FollowState state(Edge edge) {
        return states.getOrDefault(edge, NONE);
    }
}
