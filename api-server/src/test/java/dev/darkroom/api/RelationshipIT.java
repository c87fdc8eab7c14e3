package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiExtension.Account;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Following, unfollowing, and the lists. */
class RelationshipIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

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
    void following_and_unfollowing_may_be_repeated() {
        for (int i = 0; i < 2; i++) {
            assertThat(act(ana, bob, "follow").data().toString())
                    .isEqualTo("{\"outgoing_status\":\"follows\",\"incoming_status\":\"none\","
                            + "\"target_user_is_private\":false}");
        }
        API.mirror(ana, bob);
        Answer seenByBob = client.get("/v1/users/" + ana.id() + "/relationship?" + bob.auth());
        assertThat(seenByBob.data().path("incoming_status").asText()).isEqualTo("followed_by");
        assertThat(client.get("/v1/users/self/follows?" + ana.auth()).ids())
                .containsExactly(bob.id().toString());
        assertThat(client.get("/v1/users/self/followed-by?" + bob.auth()).ids())
                .containsExactly(ana.id().toString());
        for (int i = 0; i < 2; i++) {
            assertThat(act(ana, bob, "unfollow").data().path("outgoing_status").asText())
                    .isEqualTo("none");
        }
        assertThat(client.get("/v1/users/self/follows?" + ana.auth()).ids()).isEmpty();
    }

    @Test
    void a_private_account_is_asked_first() {
        API.makePrivate(bob);
        Answer answer = act(ana, bob, "follow");
        assertThat(answer.data().path("outgoing_status").asText()).isEqualTo("requested");
        assertThat(answer.data().path("target_user_is_private").asBoolean()).isTrue();
        API.mirror(ana, bob);
        assertThat(client.get("/v1/users/" + ana.id() + "/relationship?" + bob.auth())
                        .data()
                        .path("incoming_status")
                        .asText())
                .isEqualTo("requested_by");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOLLOW", "", "follow;", "remove", "null"})
    void other_actions_are_refused(String action) {
        Answer answer = act(ana, bob, action);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorType()).isEqualTo("APIInvalidParametersError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"follow", "unfollow", "block", "unblock", "approve", "ignore", "deny"})
    void nobody_is_anything_to_themselves_or_to_nobody(String action) {
        assertThat(act(ana, ana, action).errorType()).isEqualTo("APIInvalidParametersError");
        Answer self = client.post("/v1/users/self/relationship", "action=" + action + "&" + ana.auth());
        assertThat(self.body())
                .isEqualTo("{\"meta\":{\"code\":400,\"error_type\":\"APIInvalidParametersError\","
                        + "\"error_message\":\"You cannot " + action + " yourself.\"}}");
        Answer nobody = client.post("/v1/users/77/relationship", "action=" + action + "&" + ana.auth());
        assertThat(nobody.body())
                .isEqualTo("{\"meta\":{\"code\":400,\"error_type\":\"APINotFoundError\","
                        + "\"error_message\":\"this user does not exist\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"follow", "unfollow", "block", "unblock", "approve", "ignore", "deny"})
    void an_action_needs_a_token_with_the_scope(String action) {
        Account basic = API.account("basic");
        assertThat(act(basic, bob, action).errorType()).isEqualTo("OAuthPermissionsException");
        Answer anybody = client.post(
                "/v1/users/" + bob.id() + "/relationship", "action=" + action + "&client_id=" + ApiExtension.CLIENT);
        assertThat(anybody.errorType()).isEqualTo("OAuthParameterException");
    }

    @Test
    void a_cursor_that_is_none_is_refused() {
        for (String list : new String[] {"follows", "followed-by"}) {
            Answer answer = client.get("/v1/users/self/" + list + "?cursor=%27x&" + ana.auth());
            assertThat(answer.errorType()).isEqualTo("APIInvalidParametersError");
            assertThat(answer.errorMessage()).contains("cursor");
        }
    }

    private Answer act(Account who, Account whom, String action) {
        return client.post("/v1/users/" + whom.id() + "/relationship", "action=" + action + "&" + who.auth());
    }
}
