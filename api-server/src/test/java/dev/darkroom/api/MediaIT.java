package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiExtension.Account;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and deleting media, and who may. */
class MediaIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    private static final String ANYBODY = "client_id=" + ApiExtension.CLIENT;

    private Account ana;
    private Account bob;
    private ApiClient client;

    @BeforeEach
    void sign_up() {
        ana = API.account();
        bob = API.account();
        client = API.client();
    }

    @Test
    void what_is_not_ready_exists_for_its_owner_only() {
        String media = API.post(ana);
        assertUnknown(client.get("/v1/media/" + media + "?" + bob.auth()));
        assertUnknown(client.get("/v1/media/" + media + "?" + ANYBODY));
        assertThat(client.get("/v1/users/" + ana.id() + "/media/recent?" + bob.auth())
                        .ids())
                .isEmpty();
        assertThat(client.get("/v1/users/self/media/recent?" + ana.auth()).ids())
                .containsExactly(media);
        API.ready(media);
        assertThat(client.get("/v1/media/" + media + "?" + bob.auth()).status()).isEqualTo(200);
        assertThat(client.get("/v1/users/" + ana.id() + "/media/recent?" + bob.auth())
                        .ids())
                .containsExactly(media);
    }

    @Test
    void a_media_is_found_by_its_long_form_its_number_and_its_shortcode() {
        String media = API.post(ana);
        long number = API.ready(media).value();
        Answer byId = client.get("/v1/media/" + media + ".json?" + ANYBODY);
        assertThat(byId.data().path("id").asText()).isEqualTo(media);
        assertThat(byId.data().has("user_has_liked")).isFalse();
        assertThat(client.get("/v1/media/" + number + "?" + ANYBODY).data()).isEqualTo(byId.data());
        String shortcode = byId.data().path("link").asText().replaceFirst(".*/p/(.+)/$", "$1");
        assertThat(client.get("/v1/media/shortcode/" + shortcode + "?" + ANYBODY)
                        .data())
                .isEqualTo(byId.data());
        assertUnknown(client.get("/v1/media/" + number + "_" + bob.id() + "?" + ANYBODY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0",
                "-1",
                "abc",
                "1_2",
                "1_",
                "_1",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999",
                "1'--",
                "shortcode/FCK52",
                "shortcode/!",
                "shortcode/zzzzzzzzzzzzzz"
            })
    void what_is_no_media_is_not_found(String id) {
        assertUnknown(client.get("/v1/media/" + id + "?" + ANYBODY));
    }

    @Test
    void the_owner_deletes_a_media_once() {
        String media = API.post(ana);
        API.ready(media);
        assertThat(client.delete("/v1/media/" + media + "?" + bob.auth()).errorType())
                .isEqualTo("APINotAllowedError");
        assertThat(client.delete("/v1/media/" + media + "?" + ANYBODY).errorType())
                .isEqualTo("OAuthParameterException");
        Answer deleted = client.delete("/v1/media/" + media + "?" + ana.auth());
        assertThat(deleted.body()).isEqualTo("{\"meta\":{\"code\":200},\"data\":null}");
        assertUnknown(client.get("/v1/media/" + media + "?" + ana.auth()));
        assertUnknown(client.delete("/v1/media/" + media + "?" + ana.auth()));
        assertThat(client.get("/v1/users/self?" + ana.auth())
                        .data()
                        .path("counts")
                        .path("media")
                        .asInt())
                .isZero();
    }

    @Test
    void the_owner_sees_what_became_of_a_media() {
        String media = API.post(ana);
        Answer before = client.get("/v1/media/" + media + "/deliveries?" + ana.auth());
        assertThat(before.data().get(0).path("kind").asText()).isEqualTo("rendered");
        assertThat(before.data().get(0).path("state").asText()).isEqualTo("waiting");
        API.ready(media);
        Answer after = client.get("/v1/media/" + media + "/deliveries?" + ana.auth());
        assertThat(after.data().get(0).path("state").asText()).isEqualTo("done");
        assertThat(after.data().get(0).path("error").isNull()).isTrue();
        assertThat(client.get("/v1/media/" + media + "/deliveries?" + bob.auth())
                        .errorType())
                .isEqualTo("APINotAllowedError");
    }

    @Test
    void a_private_account_is_seen_by_its_followers_and_itself() {
        String media = API.post(ana);
        API.ready(media);
        assertThat(client.post("/v1/users/" + ana.id() + "/relationship", "action=follow&" + bob.auth())
                        .status())
                .isEqualTo(200);
        API.makePrivate(ana);
        Account cy = API.account();
        for (String path : new String[] {
            "/v1/media/" + media,
            "/v1/users/" + ana.id(),
            "/v1/users/" + ana.id() + "/media/recent",
            "/v1/users/" + ana.id() + "/follows",
            "/v1/users/" + ana.id() + "/followed-by"
        }) {
            assertThat(client.get(path + "?" + ana.auth()).status()).isEqualTo(200);
            assertThat(client.get(path + "?" + bob.auth()).status()).isEqualTo(200);
            for (String stranger : new String[] {cy.auth(), ANYBODY}) {
                Answer refused = client.get(path + "?" + stranger);
                assertThat(refused.errorType()).isEqualTo("APINotAllowedError");
                assertThat(refused.errorMessage()).isEqualTo("you cannot view this resource");
            }
        }
    }

    @Test
    void a_user_has_a_profile_with_counts() {
        API.post(ana);
        Answer answer = client.get("/v1/users/" + ana.id() + "?" + ANYBODY);
        assertThat(answer.data().fieldNames())
                .toIterable()
                .containsExactly("id", "username", "full_name", "profile_picture", "bio", "website", "counts");
        assertThat(answer.data().path("id").isTextual()).isTrue();
        assertThat(answer.data().path("counts").toString()).isEqualTo("{\"media\":1,\"follows\":0,\"followed_by\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-5", "abc", "9223372036854775807", "9223372036854775808", "1.5", "self2"})
    void an_unknown_user_is_not_found(String id) {
        for (String path : new String[] {"", "/media/recent", "/follows", "/followed-by"}) {
            Answer answer = client.get("/v1/users/" + id + path + "?" + ANYBODY);
            assertThat(answer.errorType()).isEqualTo("APINotFoundError");
            assertThat(answer.errorMessage()).isEqualTo("this user does not exist");
        }
    }

    private static void assertUnknown(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorType()).isEqualTo("APINotFoundError");
        assertThat(answer.errorMessage()).isEqualTo("invalid media id");
    }
}
