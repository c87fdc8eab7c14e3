package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiExtension.Account;
import dev.darkroom.users.NewOAuthClient;
import dev.darkroom.users.OAuthClients;
import dev.darkroom.users.Scope;
import io.dropwizard.testing.ConfigOverride;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, how a token is got, and what is said to everybody else. */
class AccessIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension(ConfigOverride.config("limits.requestsPerHour", "5"));

    private static final String GRANT = "grant_type=password&client_id=" + ApiExtension.CLIENT + "&client_secret="
            + ApiExtension.encode(ApiExtension.SECRET);

    private final ApiClient client = API.client();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/users/1                   | OAuthParameterException   | Missing client_id or access_token URL parameter.",
                "/v1/users/1?access_token=     | OAuthParameterException   | Missing client_id or access_token URL parameter.",
                "/v1/users/1?access_token=1.a.b| OAuthAccessTokenException | The access_token provided is invalid.",
                "/v1/users/1?client_id=nobody  | OAuthClientException      | The client_id provided is invalid and does not match a valid application.",
            })
    void calls_without_good_credentials_are_refused(String path, String type, String message) {
        Answer answer = client.get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorType()).isEqualTo(type);
        assertThat(answer.errorMessage()).isEqualTo(message);
        assertThat(answer.json().path("meta").path("code").asInt()).isEqualTo(400);
        assertThat(answer.json().has("data")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/users/self", "/v1/users/self/feed", "/v1/users/self/follows"})
    void a_client_id_alone_is_nobody(String path) {
        OAuthClients.Registration other = register(true);
        Answer answer = client.get(path + "?client_id=" + other.id());
        assertThat(answer.errorType()).isEqualTo("OAuthParameterException");
        assertThat(answer.errorMessage()).isEqualTo("Missing access_token URL parameter.");
    }

    @Test
    void the_token_may_be_in_the_query_or_the_body_of_a_post() {
        Account ana = API.account();
        Account bob = API.account();
        String path = "/v1/users/" + bob.id() + "/relationship";
        assertThat(client.post(path + "?" + ana.auth(), "action=follow").status())
                .isEqualTo(200);
        assertThat(client.post(path, "action=follow&" + ana.auth()).status()).isEqualTo(200);
        Multipart multipart = new Multipart().field("action", "follow").field("access_token", ana.token());
        assertThat(client.post(path, multipart).status()).isEqualTo(200);
    }

    @Test
    void a_missing_scope_is_named() {
        Account reader = API.account("likes");
        Answer answer = client.post("/v1/users/1/relationship", "action=follow&" + reader.auth());
        assertThat(answer.errorType()).isEqualTo("OAuthPermissionsException");
        assertThat(answer.errorMessage())
                .startsWith("This request requires scope=relationships, but this access token");
    }

    @Test
    void every_token_has_its_requests_of_an_hour_and_no_more() {
        Account ana = API.account();
        for (int left = 4; left >= 0; left--) {
            assertThat(client.get("/v1/users/self?" + ana.auth()).header("X-Ratelimit-Remaining"))
                    .isEqualTo(Integer.toString(left));
        }
        Answer refused = client.get("/v1/users/self?" + ana.auth());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.errorType()).isEqualTo("OAuthRateLimitException");
        assertThat(refused.errorMessage()).isEqualTo("The maximum number of requests per hour has been exceeded.");
        assertThat(refused.header("X-Ratelimit-Remaining")).isEqualTo("0");
        assertThat(client.get("/v1/users/self?" + API.account().auth()).status())
                .isEqualTo(200);
    }

    @Test
    void a_trusted_client_gets_a_token_for_a_password() {
        Account ana = API.account();
        Answer answer = API.logIn(ana.name(), "pw " + ana.name(), "likes+comments");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("meta")).isFalse();
        assertThat(answer.json().path("access_token").asText())
                .matches(ana.id() + "\\." + ApiExtension.CLIENT.substring(0, 7) + "\\.[0-9a-f]{32}");
        assertThat(answer.json().path("user").path("username").asText()).isEqualTo(ana.name());
        assertThat(answer.json().path("user").path("profile_picture").asText()).startsWith("http://127.0.0.1:");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x=1                                  | OAuthParameterException | Missing grant_type parameter.",
                "grant_type=authorization_code        | OAuthException          | Unsupported grant_type",
                "grant_type=password                  | OAuthParameterException | Missing client_id parameter.",
                "grant_type=password&client_id=x      | OAuthParameterException | Missing client_secret parameter.",
                "grant_type=password&client_id=x&client_secret=y | OAuthClientException | Invalid \"client_id\"",
                "GRANT&client_secret=wrong            | OAuthClientException    | Invalid \"client_id\"",
                "GRANT                                | OAuthParameterException | Missing username parameter.",
                "GRANT&username=nobody                | OAuthParameterException | Missing password parameter.",
                "GRANT&username=nobody&password=x     | OAuthException          | The username or the password is wrong.",
                "GRANT&username=' OR 1=1&password=x   | OAuthException          | The username or the password is wrong.",
                "GRANT&username=nobody&password=x&scope=everything | OAuthException | cannot ask for one of the scopes",
            },
            quoteCharacter = '~')
    void what_is_wrong_with_a_token_request_is_said_barely(String form, String type, String message) {
        Answer answer = client.post("/oauth/access_token/", form.replace("GRANT", GRANT));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().has("meta")).isFalse();
        assertThat(answer.json().path("code").asInt()).isEqualTo(400);
        assertThat(answer.json().path("error_type").asText()).isEqualTo(type);
        assertThat(answer.json().path("error_message").asText()).contains(message);
    }

    @Test
    void a_client_that_is_not_trusted_gets_no_token_for_a_password() {
        OAuthClients.Registration other = register(false);
        Account ana = API.account();
        Answer answer = client.post(
                "/oauth/access_token",
                "grant_type=password&client_id=" + other.id() + "&client_secret="
                        + other.secret().value() + "&username=" + ana.name() + "&password=pw+" + ana.name());
        assertThat(answer.json().path("error_type").asText()).isEqualTo("OAuthException");
        assertThat(answer.json().path("error_message").asText()).contains("not approved");
    }

    @Test
    void a_token_gets_no_scope_that_its_client_does_not_have() {
        OAuthClients clients = new OAuthClients(API.shards().directory(), new SecureRandom());
        OAuthClients.Registration narrow =
                clients.register(new NewOAuthClient("narrow", List.of(), Set.of(Scope.LIKES), true));
        Account ana = API.account();
        Answer answer = client.post(
                "/oauth/access_token",
                "grant_type=password&client_id=" + narrow.id() + "&client_secret="
                        + narrow.secret().value() + "&username=" + ana.name() + "&password=pw+" + ana.name()
                        + "&scope=relationships");
        assertThat(answer.json().path("error_message").asText()).contains("scopes");
    }

    private static OAuthClients.Registration register(boolean trusted) {
        OAuthClients clients = new OAuthClients(API.shards().directory(), new SecureRandom());
        return clients.register(new NewOAuthClient("other", List.of(), Set.of(Scope.values()), trusted));
    }
}
