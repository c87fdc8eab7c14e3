package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiExtension.Account;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Private accounts: becoming one, asking to follow one, being approved and refused. */
class PrivacyIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    private static final String PRIVACY = "/v1/users/self/privacy";

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
    void an_account_becomes_private_and_public_as_often_as_it_says() {
        assertThat(client.get(PRIVACY + "?" + bob.auth()).body())
                .isEqualTo("{\"meta\":{\"code\":200},\"data\":{\"is_private\":false}}");
        for (boolean wished : new boolean[] {true, true, false, false}) {
            assertThat(setPrivate(bob, Boolean.toString(wished)).body())
                    .isEqualTo("{\"meta\":{\"code\":200},\"data\":{\"is_private\":" + wished + "}}");
            assertThat(client.get("/v1/users/" + bob.id() + "?" + ana.auth()).status())
                    .isEqualTo(wished ? 400 : 200);
        }
        assertThat(client.call("PUT", PRIVACY + "?is_private=true&" + bob.auth())
                        .status())
                .isEqualTo(200);
        assertThat(client.get(PRIVACY + "?" + bob.auth())
                        .data()
                        .path("is_private")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "TRUE", "1"})
    void what_is_neither_true_nor_false_is_refused(String value) {
        Answer answer = setPrivate(bob, value);
        assertThat(answer.errorType()).isEqualTo("APIInvalidParametersError");
        assertThat(answer.errorMessage()).contains("is_private");
    }

    @Test
    void only_a_token_with_the_scope_changes_it() {
        Answer anybody = client.post(PRIVACY, "_method=PUT&is_private=true&client_id=" + ApiExtension.CLIENT);
        assertThat(anybody.errorType()).isEqualTo("OAuthParameterException");
        assertThat(setPrivate(API.account("basic"), "true").errorType()).isEqualTo("OAuthPermissionsException");
    }

    @Test
    void approving_makes_a_follower() {
        request();
        assertThat(client.get("/v1/users/self/requested-by?" + bob.auth()).body())
                .startsWith("{\"meta\":{\"code\":200},\"data\":[{\"id\":\"" + ana.id() + "\",\"username\":\""
                        + ana.name() + "\",")
                .endsWith("\"pagination\":{}}");
        String media = API.post(bob);
        API.ready(media);
        assertThat(client.get("/v1/media/" + media + "?" + ana.auth()).errorType())
                .isEqualTo("APINotAllowedError");

        for (int i = 0; i < 2; i++) {
            assertThat(act(bob, ana, "approve").body())
                    .isEqualTo("{\"meta\":{\"code\":200},\"data\":{\"outgoing_status\":\"none\","
                            + "\"incoming_status\":\"followed_by\",\"target_user_is_private\":false}}");
        }

        assertThat(client.get("/v1/users/self/requested-by?" + bob.auth()).body())
                .isEqualTo("{\"meta\":{\"code\":200},\"data\":[],\"pagination\":{}}");
        assertThat(client.get("/v1/media/" + media + "?" + ana.auth()).status()).isEqualTo(200);
        assertThat(client.get("/v1/users/self/feed?" + ana.auth()).ids()).containsExactly(media);
        assertThat(act(ana, bob, "follow").data().path("outgoing_status").asText())
                .isEqualTo("follows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ignore", "deny"})
    void a_refused_request_may_be_made_again(String refusal) {
        request();
        for (int i = 0; i < 2; i++) {
            assertThat(act(bob, ana, refusal).body())
                    .isEqualTo("{\"meta\":{\"code\":200},\"data\":{\"outgoing_status\":\"none\","
                            + "\"incoming_status\":\"none\",\"target_user_is_private\":false}}");
        }
        assertThat(client.get("/v1/users/self/requested-by?" + bob.auth()).ids())
                .isEmpty();
        assertThat(act(bob, ana, "approve").data().path("incoming_status").asText())
                .isEqualTo("none");
        assertThat(act(ana, bob, "follow").data().path("outgoing_status").asText())
                .isEqualTo("requested");
    }

    @Test
    void a_request_waits_on_when_the_account_becomes_public_until_it_is_made_again() {
        request();
        setPrivate(bob, "false");
        assertThat(client.get("/v1/users/" + bob.id() + "/relationship?" + ana.auth())
                        .data()
                        .path("outgoing_status")
                        .asText())
                .isEqualTo("requested");
        assertThat(act(ana, bob, "follow").data().path("outgoing_status").asText())
                .isEqualTo("follows");
    }

    @Test
    void who_asked_is_nobody_elses_business() {
        request();
        assertThat(client.get("/v1/users/" + bob.id() + "/requested-by?" + ana.auth())
                        .errorType())
                .isEqualTo("APINotFoundError");
        assertThat(client.get("/v1/users/self/requested-by?client_id=" + ApiExtension.CLIENT)
                        .errorType())
                .isEqualTo("OAuthParameterException");
        Account basic = API.account("basic");
        assertThat(client.get("/v1/users/self/requested-by?" + basic.auth()).errorType())
                .isEqualTo("OAuthPermissionsException");
    }

    /** Bob is private, and Ana has asked. */
    private void request() {
        setPrivate(bob, "true");
        assertThat(act(ana, bob, "follow").body())
                .isEqualTo("{\"meta\":{\"code\":200},\"data\":{\"outgoing_status\":\"requested\","
                        + "\"incoming_status\":\"none\",\"target_user_is_private\":true}}");
        API.mirror(ana, bob);
    }

    private Answer setPrivate(Account who, String value) {
        return client.post(PRIVACY, "_method=PUT&is_private=" + value + "&" + who.auth());
    }

    private Answer act(Account who, Account whom, String action) {
        return client.post("/v1/users/" + whom.id() + "/relationship", "action=" + action + "&" + who.auth());
    }
}
