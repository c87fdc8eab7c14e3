package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiExtension.Account;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of requests and answers, whatever they are about. */
class WireIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    private Account ana;
    private ApiClient client;

    @BeforeEach
    void sign_up() {
        ana = API.account();
        client = API.client();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/users/self", "/v1/users/self/", "/v1/users/self.json", "/v1/users/self.json/"})
    void all_spellings_of_a_path_mean_the_same(String path) {
        Answer answer = client.get(path + "?" + ana.auth());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().path("username").asText()).isEqualTo(ana.name());
    }

    @Test
    void answers_are_enveloped_json_in_utf_8_with_the_rate_limit_in_these_capitals() throws IOException {
        Answer answer = client.get("/v1/users/self?" + ana.auth());
        assertThat(answer.json().path("meta").toString()).isEqualTo("{\"code\":200}");
        assertThat(answer.header("Content-Type").replace(" ", "")).isEqualTo("application/json;charset=utf-8");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(raw("GET /v1/users/self?" + ana.auth() + " HTTP/1.1\r\nHost: x"))
                .contains("\r\nX-Ratelimit-Limit: 5000\r\n", "\r\nX-Ratelimit-Remaining: 4998\r\n");
        assertThat(raw("GET /v1/%zz HTTP/1.1\r\nHost: x"))
                .contains("\r\nX-Ratelimit-Limit: 5000\r\n", "\r\nX-Ratelimit-Remaining: 5000\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v1", "/", "/v2/users/self", "/v1/users", "/v1/users/1/nothing"})
    void an_unknown_path_is_an_api_error(String path) {
        Answer answer = client.get(path + "?" + ana.auth());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorType()).isEqualTo("APINotFoundError");
        assertThat(answer.json().has("data")).isFalse();
    }

    @Test
    void an_unknown_path_below_oauth_is_a_bare_error() {
        Answer answer = client.get("/oauth/nothing");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error_type").asText()).isEqualTo("APINotFoundError");
    }

    @ParameterizedTest
    @CsvSource({"PUT,/v1/users/self", "DELETE,/v1/users/self", "GET,/v1/media", "PATCH,/v1/media/1"})
    void a_wrong_method_is_an_api_error_that_names_the_right_ones(String method, String path) {
        Answer answer = client.call(method, path + "?" + ana.auth());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorType()).isEqualTo("APIError");
        assertThat(answer.header("Allow")).isNotEmpty();
    }

    @Test
    void head_answers_like_get_without_a_body() {
        Answer get = client.get("/v1/users/self?" + ana.auth());
        Answer head = client.call("HEAD", "/v1/users/self?" + ana.auth());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    }

    @Test
    void options_needs_no_credentials_and_has_no_body() {
        Answer answer = client.call("OPTIONS", "/v1/media");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Allow")).contains("POST");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_post_may_stand_for_another_method() {
        String media = API.post(ana);
        Answer deleted = client.post("/v1/media/" + media, ana.auth() + "&_method=DELETE");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.json().get("data").isNull()).isTrue();
        Answer inMultipart = client.post(
                "/v1/media/" + API.post(ana),
                new Multipart().field("access_token", ana.token()).field("_method", "DELETE"));
        assertThat(inMultipart.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f", "jQuery.cb_1", "a[0].b$"})
    void a_callback_wraps_the_answer(String name) {
        Answer answer = client.get("/v1/users/self?" + ana.auth() + "&callback=" + ApiExtension.encode(name));
        assertThat(answer.body()).startsWith(name + "({\"meta\"").endsWith("});");
        assertThat(answer.header("Content-Type")).startsWith("text/javascript");
    }

    @Test
    void a_callback_wraps_errors_too() {
        Answer answer = client.get("/v1/users/1?" + ana.auth() + "&callback=f");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("f({\"meta\":{\"code\":400").endsWith("}});");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert(1)", "a b", "</script>", "a;b", "ä", "a%00"})
    void a_callback_that_is_no_name_is_refused_and_not_echoed(String name) {
        Answer answer = client.get("/v1/users/self?" + ana.auth() + "&callback=" + ApiExtension.encode(name));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.errorType()).isEqualTo("APIInvalidParametersError");
        assertThat(answer.body()).doesNotContain(name);
    }

    @Test
    void addresses_are_on_the_origin_the_client_called() throws IOException {
        for (int i = 0; i < 2; i++) {
            API.post(ana);
        }
        String answer = raw("GET /v1/users/self/media/recent.json?" + ana.auth()
                + "&count=1&q=a%26b%C3%BC HTTP/1.1\r\nHost: api.example.com:81");
        assertThat(answer)
                .contains("\"next_url\":\"http://api.example.com:81/v1/users/self/media/recent.json?access_token="
                        + ana.token() + "&count=1&q=a%26b%C3%BC&max_id=")
                .contains("\"url\":\"http://api.example.com:81/photos/")
                .contains("\"link\":\"http://api.example.com:81/p/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/users/%zz?a=b HTTP/1.1\r\nHost: x",
                "GET /v1/users/%ff?a=b HTTP/1.1\r\nHost: x",
                "GET /v1/users/a%2fb HTTP/1.1\r\nHost: x",
                "GET /v1/users/self?x=%ff HTTP/1.1\r\nHost: x",
                "GET /v1/users/self?x=%00 HTTP/1.1\r\nHost: x",
                "GET /v1/users/self HTTP/1.1\r\nHost: a\"b<c>",
                "GET /v1/users/self HTTP/1.1\r\nHost: a/b?c",
                "GET /v1/users/{self} HTTP/1.1\r\nHost: x",
                "POST /v1/media HTTP/1.1\r\nHost: x\r\nContent-Type: ;;/;\r\nContent-Length: 0",
                "POST /v1/media HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data\r\nContent-Length: 0",
            })
    void what_cannot_be_read_is_an_enveloped_error_without_internals(String request) throws IOException {
        String answer = raw(request);
        assertThat(answer).startsWith("HTTP/1.1 400").contains("{\"meta\":{\"code\":400,\"error_type\":\"");
        assertThat(answer).doesNotContain("Exception:", "at org.", "<html", "jetty", "Jetty");
    }

    @Test
    void a_form_that_trickles_in_is_given_up_and_the_client_told_why() throws Exception {
        String answer = RawHttp.trickle(
                API.client().origin(), "/v1/users/1/relationship?" + ana.auth(), "application/x-www-form-urlencoded");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("{\"meta\":{\"code\":408,", "came too slowly");
    }

    @Test
    void a_form_is_bounded_and_must_be_utf_8() {
        Answer large = client.post("/v1/users/1/relationship?" + ana.auth(), "a=" + "x".repeat(70_000));
        assertThat(large.errorMessage()).contains("65536");
        Answer latin = client.post("/v1/users/1/relationship?" + ana.auth(), "action=%E9");
        assertThat(latin.errorMessage()).contains("UTF-8");
        String many = "a=1" + "&b%s=1".repeat(500);
        for (int i = 0; i < 500; i++) {
            many = many.replaceFirst("%s", Integer.toString(i));
        }
        assertThat(client.post("/v1/users/1/relationship?" + ana.auth(), many).errorMessage())
                .contains("200");
    }

    @Test
    void a_body_of_another_type_is_not_read() {
        Answer answer = client.send(client.request("/v1/users/1/relationship?" + ana.auth())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"action\":\"follow\"}")));
        assertThat(answer.errorMessage()).isEqualTo("Missing action parameter.");
    }

    private static String raw(String head) throws IOException {
        return RawHttp.send(API.client().origin(), head);
    }
}
