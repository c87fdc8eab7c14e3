package dev.darkroom.api;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.Secret;
import dev.darkroom.feeds.FeedNodes;
import dev.darkroom.feeds.FeedSettings;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.follows.FollowJobs;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.media.MediaStore;
import dev.darkroom.shards.Shards;
import dev.darkroom.shards.schema.SchemaMigration;
import dev.darkroom.testing.PostgresExtension;
import dev.darkroom.testing.RedisExtension;
import dev.darkroom.testing.S3Extension;
import dev.darkroom.users.NewOAuthClient;
import dev.darkroom.users.NewUser;
import dev.darkroom.users.OAuthClients;
import dev.darkroom.users.Passwords;
import dev.darkroom.users.Scope;
import dev.darkroom.users.SignUp;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import dev.darkroom.users.Username;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The whole API server of the sample configuration, on a port of its own, over real PostgreSQL, Redis and S3. */
final class ApiExtension implements BeforeAllCallback, AfterAllCallback {

    static final String CLIENT = "0123456789abcdef0123456789abcdef";
    static final String SECRET = "the client's secret";

    private static final AtomicInteger USERS = new AtomicInteger();

    private final PostgresExtension postgres = new PostgresExtension();
    private final RedisExtension redis = new RedisExtension();
    private final S3Extension s3 = new S3Extension();
    private final List<ConfigOverride> overrides;
    private Path folder;
    private PartsConfiguration parts;
    private Shards shards;
    private FeedNodes nodes;
    private DropwizardTestSupport<ApiConfiguration> application;

    ApiExtension(ConfigOverride... overrides) {
        this.overrides = List.of(overrides);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, SQLException {
        postgres.beforeAll(context);
        redis.beforeAll(context);
        s3.beforeAll(context);
        redis.flush();
        folder = Files.createTempDirectory("darkroom-api-test-");
        Path file = TestParts.write(folder, postgres, redis.port(), s3.endpoint(), s3.bucket());
        parts = PartsConfiguration.load(file);
        SchemaMigration.migrate(parts);
        shards = Shards.open(parts, new JobTypes(jobTypes()), DirectSubmission.NONE);
        nodes = FeedNodes.open(parts.redis(), 2);
        new OAuthClients(shards.directory(), new SecureRandom())
                .register(
                        CLIENT,
                        Secret.of(SECRET),
                        new NewOAuthClient("tests", List.of(), Set.of(Scope.values()), true));
        application = start(file);
    }

    private static List<JobType<?>> jobTypes() {
        return Stream.of(FollowJobs.all(), MediaJobs.all())
                .<JobType<?>>flatMap(List::stream)
                .toList();
    }

    private DropwizardTestSupport<ApiConfiguration> start(Path partsFile) {
        List<ConfigOverride> all = new ArrayList<>(List.of(
                ConfigOverride.config("parts", partsFile.toString()),
                ConfigOverride.config("limits.uploadFolder", uploads().toString()),
                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                ConfigOverride.config("server.adminConnectors[0].port", "0")));
        all.addAll(overrides);
        DropwizardTestSupport<ApiConfiguration> support =
                new DropwizardTestSupport<>(ApiApplication.class, "sample/api.yml", all.toArray(ConfigOverride[]::new));
        try {
            support.before();
        } catch (Exception e) {
            throw new IllegalStateException("The API did not start", e);
        }
        return support;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        application.after();
        nodes.close();
        shards.close();
        s3.afterAll(context);
        postgres.afterAll(context);
    }

    ApiClient client() {
        return new ApiClient(application.getLocalPort());
    }

    ApiClient admin() {
        return new ApiClient(application.getAdminPort());
    }

    Path uploads() {
        return folder.resolve("uploads");
    }

    Path partsFile() {
        return folder.resolve("parts.yml");
    }

    int redisPort() {
        return redis.port();
    }

    Shards shards() {
        return shards;
    }

    S3Extension s3() {
        return s3;
    }

    /** A new account with a token of all scopes. */
    Account account() {
        return account("basic comments relationships likes");
    }

    Account account(String scopes) {
        String name = "user_" + USERS.incrementAndGet();
        UserId id = new SignUp(shards, new SecureRandom())
                .signUp(new NewUser(new Username(name), new Passwords(4).hash(Secret.of("pw " + name))))
                .orElseThrow();
        return new Account(
                id,
                name,
                logIn(name, "pw " + name, scopes).json().path("access_token").asText());
    }

    Answer logIn(String name, String password, String scopes) {
        return client().post(
                        "/oauth/access_token",
                        "grant_type=password&client_id=" + CLIENT + "&client_secret="
                                + encode(SECRET) + "&username=" + encode(name) + "&password=" + encode(password)
                                + "&scope="
                                + encode(scopes));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    void makePrivate(Account account) {
        new UserStore(shards).setPrivate(account.id(), true);
    }

    /** Posts a photo and returns its id in the long form. */
    String post(Account account) {
        Answer answer =
                client().post("/v1/media?access_token=" + account.token(), new Multipart().photo(Photos.jpeg(40, 30)));
        return answer.data().path("id").asText();
    }

    /** What the renderer does when it is done. */
    MediaId ready(String longId) {
        MediaId id = new MediaId(Long.parseLong(longId.substring(0, longId.indexOf('_'))));
        shards.write(id.shard(), (handle, transaction) -> {
            try {
                MediaStore.markReady(id).write(transaction);
                return id;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        return id;
    }

    /** What the jobs do after a follow. */
    void mirror(Account follower, Account followee) {
        new FollowStore(shards).applyMirror(follower.id(), followee.id());
    }

    FeedStore feeds() {
        return new FeedStore(nodes, FeedSettings.DEFAULT);
    }

    record Account(UserId id, String name, String token) {

        /** {@code access_token=…} */
        String auth() {
            return "access_token=" + token;
        }
    }
}
