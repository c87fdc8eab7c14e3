package dev.darkroom.follows;

import dev.darkroom.shards.Directory;
import dev.darkroom.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The authors with so many followers that their photos are not brought into feeds, but added by whoever reads one. Once in, an
 * author stays in. There are few of them, so each process knows all. Thread-safe.
 */
public final class LargeAuthors {

    private static final String MARK =
            "INSERT INTO directory.large_author (user_id) VALUES (:user) ON CONFLICT DO NOTHING";

    private static final String ALL = "SELECT user_id FROM directory.large_author";

    /** So long a photo of a new one may be missing from a feed. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Directory directory;
    private final InstantSource clock;
    private volatile Known known = new Known(Set.of(), Instant.MIN);

    public LargeAuthors(Directory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** All of them, as of a second ago at most. A round trip once a second. */
    public Set<UserId> all() {
        Known current = known;
        if (clock.instant().isBefore(current.until())) {
            return current.authors();
        }
        Instant until = clock.instant().plus(FRESH);
        Set<UserId> authors = directory.with(handle -> handle.createQuery(ALL)
                .map((row, context) -> new UserId(row.getLong(1)))
                .collect(Collectors.toUnmodifiableSet()));
        known = new Known(authors, until);
        return authors;
    }

    /** Adds one for good. One round trip. */
    public void add(UserId author) {
        directory.with(
                handle -> handle.createUpdate(MARK).bind("user", author.value()).execute());
        known = new Known(Set.of(), Instant.MIN);
    }

    private record Known(Set<UserId> authors, Instant until) {}
}
