package dev.darkroom.users;

import dev.darkroom.shards.Shards;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Accounts for tests. */
public final class TestUsers {

    private TestUsers() {}

    /** A name that no other test has. */
    public static Username name() {
        return new Username("u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20));
    }

    /** Accounts spread over the shards in turn: the first is in the first shard. */
    public static List<UserId> make(Shards shards, int count) {
        return new UserBulk(shards)
                .load(Stream.generate(() -> new NewUser(name(), null))
                        .limit(count)
                        .iterator());
    }
}
