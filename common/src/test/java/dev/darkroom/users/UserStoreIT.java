package dev.darkroom.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.shards.DatabaseException;
import dev.darkroom.testing.ShardsExtension;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserStoreIT {

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(List.of());

    private static final UserId IN_NO_SHARD = new UserId(8000 << 10);
    private static final UserId NOBODY = new UserId(1 << 10);

    private UserStore users;
    private UserBulk bulk;

    @BeforeEach
    void open() {
        users = new UserStore(SHARDS.shards());
        bulk = new UserBulk(SHARDS.shards());
    }

    @Test
    void many_are_found_over_all_databases_and_unknown_ids_are_left_out() {
        List<UserId> made = TestUsers.make(SHARDS.shards(), 9);
        List<UserId> asked = new ArrayList<>(made);
        asked.add(made.get(0));
        asked.add(IN_NO_SHARD);
        asked.add(NOBODY);

        assertThat(users.findAll(asked).keySet()).containsExactlyInAnyOrderElementsOf(made);
        assertThat(users.findAll(List.of())).isEmpty();
    }

    @Test
    void ids_of_nobody_are_nobody() {
        assertThat(users.find(IN_NO_SHARD)).isEmpty();
        assertThat(users.find(NOBODY)).isEmpty();
        assertThat(users.counts(IN_NO_SHARD)).isEqualTo(new UserCounts(0, 0, 0));
        assertThat(users.findByUsername(TestUsers.name())).isEmpty();
    }

    @Test
    void search_finds_by_the_beginning_of_the_name_in_their_order() {
        bulk.load(named("pier", "pier.2", "pierre", "pie", "piez", "zpier"));

        assertThat(users.search("PIER", 10))
                .extracting(user -> user.username().value())
                .containsExactly("pier", "pier.2", "pierre");
        assertThat(users.search("pier", 2)).hasSize(2);
        assertThat(users.search("pier%", 10)).isEmpty();
        assertThat(users.search("", 10)).isEmpty();
    }

    @Test
    void a_bulk_load_keeps_order_and_every_character() {
        Username name = TestUsers.name();
        String hostile = "a\tb\nc\\d\re\\N 🌄 'x' \"y\"";
        List<NewUser> batch = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            batch.add(new NewUser(TestUsers.name(), null, "number " + i, "", ""));
        }
        batch.add(new NewUser(name, "hash", hostile, "\\", "\\."));

        List<UserId> ids = bulk.load(batch.iterator());

        for (int i = 0; i < 7; i++) {
            assertThat(users.find(ids.get(i)).orElseThrow().fullName()).isEqualTo("number " + i);
        }
        User last = users.findByUsername(name).orElseThrow();
        assertThat(last.id()).isEqualTo(ids.get(7));
        assertThat(last.fullName()).isEqualTo(hostile);
        assertThat(last.bio()).isEqualTo("\\");
        assertThat(last.website()).isEqualTo("\\.");
        assertThat(ids).extracting(UserId::shard).containsAll(SHARDS.shards().all());
    }

    @Test
    void a_bulk_load_refuses_a_name_that_is_taken() {
        Username name = TestUsers.name();
        bulk.load(List.of(new NewUser(name, null)).iterator());

        assertThatThrownBy(() -> bulk.load(List.of(new NewUser(name, null)).iterator()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("account_name");
    }

    private static Iterator<NewUser> named(String... names) {
        return Stream.of(names)
                .map(name -> new NewUser(new Username(name), null))
                .iterator();
    }
}
