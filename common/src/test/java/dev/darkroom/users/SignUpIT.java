package dev.darkroom.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.config.Secret;
import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.ShardsExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignUpIT {

    private static final int RACERS = 8;

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(List.of());

    private Shards shards;
    private UserStore users;
    private SignUp signUp;

    @BeforeEach
    void open() {
        shards = SHARDS.shards();
        users = new UserStore(shards);
        signUp = new SignUp(shards, new Random(7));
    }

    @Test
    void an_account_is_found_by_id_and_by_name() {
        Username name = TestUsers.name();
        UserId id = signUp.signUp(new NewUser(name, null, "Ana 🌄", "likes\tpiers", "http://a.example"))
                .orElseThrow();

        User user = users.find(id).orElseThrow();
        assertThat(users.findByUsername(name)).contains(user);
        assertThat(user.fullName()).isEqualTo("Ana 🌄");
        assertThat(user.bio()).isEqualTo("likes\tpiers");
        assertThat(user.isPrivate()).isFalse();
        assertThat(user.profilePicture()).isNull();
        assertThat(user.createdAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(users.counts(id)).isEqualTo(new UserCounts(0, 0, 0));
    }

    @Test
    void accounts_spread_over_the_shards() {
        Set<ShardId> used = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            signUp.signUp(new NewUser(TestUsers.name(), null)).ifPresent(id -> used.add(id.shard()));
        }

        assertThat(used).hasSize(4);
    }

    @Test
    void of_those_who_race_for_a_name_one_gets_it() throws Exception {
        for (int round = 0; round < 5; round++) {
            NewUser user = new NewUser(TestUsers.name(), null);
            CyclicBarrier start = new CyclicBarrier(RACERS);
            ExecutorService racers = Executors.newFixedThreadPool(RACERS);
            List<Future<Optional<UserId>>> races = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                SignUp own = new SignUp(shards, new Random(i));
                races.add(racers.submit(() -> {
                    start.await();
                    return own.signUp(user);
                }));
            }
            List<UserId> winners = new ArrayList<>();
            for (Future<Optional<UserId>> race : races) {
                race.get().ifPresent(winners::add);
            }
            racers.shutdown();

            assertThat(winners).hasSize(1);
            assertThat(users.findByUsername(user.username()).map(User::id)).contains(winners.get(0));
        }
    }

    @Test
    void a_sign_up_that_stopped_before_the_shard_gives_its_name_back() {
        Username name = TestUsers.name();
        UserNames names = new UserNames(shards.directory());
        names.reserve(name, new UserId(1 << 10));
        assertThat(signUp.signUp(new NewUser(name, null))).isEmpty();

        assertThat(new UnfinishedSignUps(shards).settle(Duration.ZERO)).isEqualTo(1);

        assertThat(signUp.signUp(new NewUser(name, null))).isPresent();
    }

    @Test
    void a_sign_up_that_stopped_after_the_shard_is_finished() {
        Username name = TestUsers.name();
        UserId id = new UserId((1L << 40) + (1 << 10));
        new UserNames(shards.directory()).reserve(name, id);
        new AccountRows(shards).insert(id, new NewUser(name, null));
        assertThat(users.findByUsername(name)).isEmpty();

        assertThat(new UnfinishedSignUps(shards).settle(Duration.ofMinutes(1)))
                .as("a sign-up under way is left alone")
                .isZero();
        new UnfinishedSignUps(shards).settle(Duration.ZERO);

        assertThat(users.findByUsername(name).map(User::id)).contains(id);
    }

    @Test
    void a_sign_up_and_the_sweeper_that_race_leave_all_or_nothing() throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(RACERS);
        AtomicBoolean over = new AtomicBoolean();
        Future<?> sweeper = racers.submit(() -> {
            while (!over.get()) {
                new UnfinishedSignUps(shards).settle(Duration.ZERO);
            }
        });
        List<Username> typed = Stream.generate(TestUsers::name).limit(200).toList();
        List<Future<Optional<UserId>>> races = new ArrayList<>();
        for (Username name : typed) {
            races.add(racers.submit(() -> new SignUp(shards, new Random()).signUp(new NewUser(name, null))));
        }
        Set<UserId> made = new HashSet<>();
        for (Future<Optional<UserId>> race : races) {
            race.get().ifPresent(made::add);
        }
        over.set(true);
        sweeper.get();
        racers.shutdown();

        Set<UserId> named = typed.stream()
                .flatMap(name -> users.findByUsername(name).stream())
                .map(User::id)
                .collect(Collectors.toSet());
        assertThat(named).isEqualTo(made);
        assertThat(accountsOf(typed)).as("accounts without a name").isEqualTo(made);
        assertThat(made.size()).as("some were undone by the sweeper").isLessThan(typed.size());
    }

    private Set<UserId> accountsOf(List<Username> typed) {
        String[] names = typed.stream().map(Username::value).toArray(String[]::new);
        return shards.all().stream()
                .flatMap(shard -> shards
                        .read(
                                shard,
                                handle -> handle.createQuery(
                                                "SELECT id FROM <shard>.account WHERE username = ANY(:names)")
                                        .bindArray("names", String.class, (Object[]) names)
                                        .map((row, context) -> new UserId(row.getLong(1)))
                                        .list())
                        .stream())
                .collect(Collectors.toSet());
    }

    @Test
    void name_and_password_log_in() {
        Passwords passwords = new Passwords(4);
        LogIn logIn = new LogIn(shards, passwords);
        Username name = TestUsers.name();
        UserId id = signUp.signUp(new NewUser(name, passwords.hash(Secret.of("sesame"))))
                .orElseThrow();
        Username without = TestUsers.name();
        signUp.signUp(new NewUser(without, null));

        assertThat(logIn.logIn(name.value().toUpperCase(Locale.ROOT), Secret.of("sesame")))
                .contains(id);
        assertThat(logIn.logIn(name.value(), Secret.of("Sesame"))).isEmpty();
        assertThat(logIn.logIn(TestUsers.name().value(), Secret.of("sesame"))).isEmpty();
        assertThat(logIn.logIn(without.value(), Secret.of(""))).isEmpty();
        assertThat(logIn.logIn("no name", Secret.of("sesame"))).isEmpty();
    }
}
