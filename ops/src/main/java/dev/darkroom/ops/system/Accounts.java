package dev.darkroom.ops.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.clock.Pause;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.AccessTokens;
import dev.darkroom.users.NewOAuthClient;
import dev.darkroom.users.NewUser;
import dev.darkroom.users.OAuthClients;
import dev.darkroom.users.Scope;
import dev.darkroom.users.SignUp;
import dev.darkroom.users.UserId;
import dev.darkroom.users.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The trusted OAuth client and the two demo users that a system gives its operator. Made at the first start on a data
 * folder and kept in it, because the database knows secrets only by their hash.
 */
final class Accounts {

    private static final String FILE = "accounts.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration MIRRORED_WITHIN = Duration.ofSeconds(20);

    /** What is kept. */
    record Made(RunState.Client client, RunState.DemoUser demoUser) {}

    private final DataFolder data;
    private final Shards shards;
    private final SecureRandom random = new SecureRandom();
    private final OAuthClients clients;
    private final AccessTokens tokens;
    private final FollowStore follows;

    Accounts(DataFolder data, Shards shards) {
        this.data = data;
        this.shards = shards;
        this.clients = new OAuthClients(shards.directory(), random);
        this.tokens = new AccessTokens(shards.directory(), random);
        this.follows = new FollowStore(shards);
    }

    /** Those of the earlier start, if the database knows them too; else new ones. */
    Made ensure() {
        return kept().filter(this::isKnown).orElseGet(this::make);
    }

    /** Waits until a post of one demo user reaches the other: the workers have to carry the new edges over once. */
    void awaitEdges(Made made) {
        UserId demo = new UserId(Long.parseLong(made.demoUser().id()));
        UserId other = new UserId(Long.parseLong(made.demoUser().otherUserId()));
        long start = System.nanoTime();
        while (!isFollowedBy(demo, other) || !isFollowedBy(other, demo)) {
            if (System.nanoTime() - start > MIRRORED_WITHIN.toNanos()) {
                throw new OpsException("The workers have not carried over who follows the demo user within "
                        + MIRRORED_WITHIN.toSeconds() + " s: look at " + data.log("follow.mirror-1") + " and "
                        + data.log("relay-1") + ".");
            }
            try {
                Pause.SLEEP.pause(LOOK_AGAIN);
            } catch (InterruptedException e) {
                throw OpsException.interrupted("waiting for the demo user", e);
            }
        }
    }

    private boolean isFollowedBy(UserId user, UserId follower) {
        return follows.followersAfter(user, follower.value() - 1, 1).contains(follower);
    }

    private Optional<Made> kept() {
        Path file = data.secret(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Files.readAllBytes(file), Made.class));
        } catch (JsonProcessingException e) {
            throw new OpsException(file + " is damaged: delete it, and new accounts are made.", e);
        } catch (IOException e) {
            throw data.unusable(e);
        }
    }

    private boolean isKnown(Made made) {
        return clients.find(made.client().id()).isPresent()
                && tokens.find(made.demoUser().accessToken()).isPresent();
    }

    private Made make() {
        OAuthClients.Registration client = clients.register(
                new NewOAuthClient("Darkroom on the command line", List.of(), Set.of(Scope.values()), true));
        UserId demo = signUp("demo", "Demo");
        UserId other = signUp("friend", "Friend of Demo");
        follows.follow(other, demo);
        follows.follow(demo, other);
        Made made = new Made(
                new RunState.Client(client.id(), client.secret().value()),
                new RunState.DemoUser(
                        demo.toString(), tokens.issue(demo, client.id(), Set.of(Scope.values())), other.toString()));
        try {
            data.writePrivately(data.secret(FILE), MAPPER.writeValueAsBytes(made));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }

    /** The name itself, or with a few letters more where it is taken. */
    private UserId signUp(String name, String fullName) {
        SignUp signUp = new SignUp(shards, random);
        Optional<UserId> made = signUp.signUp(user(name, fullName));
        while (made.isEmpty()) {
            byte[] letters = new byte[3];
            random.nextBytes(letters);
            made = signUp.signUp(user(name + "_" + HexFormat.of().formatHex(letters), fullName));
        }
        return made.get();
    }

    private static NewUser user(String name, String fullName) {
        return new NewUser(new Username(name), null, fullName, "", "");
    }
}
