package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiExtension.Account;
import dev.darkroom.feeds.DeliveryRun;
import dev.darkroom.media.MediaId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Blocking and unblocking. No job runs here but where a test runs it: what is hidden is hidden at once. */
class BlockIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    private static final String NOT_SHOWN =
            "{\"meta\":{\"code\":400,\"error_type\":\"APINotAllowedError\",\"error_message\":\"you cannot view this resource\"}}";

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
    void blocking_and_unblocking_answer_the_relationship_and_may_be_repeated() {
        act(ana, bob, "follow");
        for (int i = 0; i < 2; i++) {
            assertThat(act(ana, bob, "block").body())
                    .isEqualTo("{\"meta\":{\"code\":200},\"data\":{\"outgoing_status\":\"none\","
                            + "\"incoming_status\":\"blocked_by_you\",\"target_user_is_private\":false}}");
        }
        assertThat(client.get("/v1/users/" + bob.id() + "/relationship?" + ana.auth())
                        .data()
                        .path("incoming_status")
                        .asText())
                .isEqualTo("blocked_by_you");
        for (int i = 0; i < 2; i++) {
            assertThat(act(ana, bob, "unblock").body())
                    .isEqualTo("{\"meta\":{\"code\":200},\"data\":{\"outgoing_status\":\"none\","
                            + "\"incoming_status\":\"none\",\"target_user_is_private\":false}}");
        }
    }

    @Test
    void who_is_blocked_sees_nothing_of_the_blocker_at_once() {
        String media = API.post(ana);
        MediaId id = API.ready(media);
        act(bob, ana, "follow");
        API.mirror(bob, ana);
        client.get("/v1/users/self/feed?" + bob.auth());
        API.feeds().push(new DeliveryRun(id, 0, false), List.of(bob.id()));
        assertThat(client.get("/v1/users/self/feed?" + bob.auth()).ids()).containsExactly(media);
        assertThat(client.get("/v1/users/self/follows?" + bob.auth()).ids()).containsExactly(id(ana));
        String shortcode = client.get("/v1/media/" + media + "?" + bob.auth())
                .data()
                .path("link")
                .asText()
                .replaceFirst(".*/p/(.+)/$", "$1");

        act(ana, bob, "block");

        for (String path : new String[] {
            "/v1/media/" + media,
            "/v1/media/shortcode/" + shortcode,
            "/v1/users/" + ana.id(),
            "/v1/users/" + ana.id() + "/media/recent",
            "/v1/users/" + ana.id() + "/follows",
            "/v1/users/" + ana.id() + "/followed-by"
        }) {
            assertThat(client.get(path + "?" + bob.auth()).body()).as(path).isEqualTo(NOT_SHOWN);
            assertThat(client.get(path + "?" + ana.auth()).status()).as(path).isEqualTo(200);
        }
        assertThat(client.get("/v1/users/self/feed?" + bob.auth()).ids()).isEmpty();
        assertThat(client.get("/v1/users/self/follows?" + bob.auth()).ids()).isEmpty();
        assertThat(client.get("/v1/users/self/followed-by?" + ana.auth()).ids()).isEmpty();
        assertThat(act(bob, ana, "follow").body()).isEqualTo(NOT_SHOWN);
        assertThat(client.get("/v1/users/" + ana.id() + "/relationship?" + bob.auth())
                        .body())
                .isEqualTo("{\"meta\":{\"code\":200},\"data\":{\"outgoing_status\":\"none\","
                        + "\"incoming_status\":\"none\",\"target_user_is_private\":false}}");
    }

    @Test
    void who_blocks_sees_the_blocked_still_and_unblocks_to_follow() {
        String media = API.post(bob);
        API.ready(media);
        act(ana, bob, "block");
        assertThat(client.get("/v1/media/" + media + "?" + ana.auth()).status()).isEqualTo(200);
        assertThat(client.get("/v1/users/" + bob.id() + "?" + ana.auth()).status())
                .isEqualTo(200);
        assertThat(act(ana, bob, "follow").body())
                .isEqualTo("{\"meta\":{\"code\":400,\"error_type\":\"APINotAllowedError\","
                        + "\"error_message\":\"you block this user; unblock first\"}}");
        act(ana, bob, "unblock");
        assertThat(act(ana, bob, "follow").data().path("outgoing_status").asText())
                .isEqualTo("follows");
    }

    @Test
    void a_request_of_the_blocked_is_gone_at_once() {
        API.makePrivate(ana);
        act(bob, ana, "follow");
        API.mirror(bob, ana);
        act(ana, bob, "block");
        assertThat(client.get("/v1/users/self/requested-by?" + ana.auth()).ids())
                .isEmpty();
        assertThat(act(ana, bob, "approve").data().path("incoming_status").asText())
                .isEqualTo("blocked_by_you");
        API.mirror(ana, bob);
        act(ana, bob, "unblock");
        assertThat(client.get("/v1/users/" + ana.id() + "/relationship?" + bob.auth())
                        .data()
                        .path("outgoing_status")
                        .asText())
                .isEqualTo("none");
    }

    @Test
    void an_unblocked_one_follows_again_and_counts_are_right() {
        act(bob, ana, "follow");
        API.mirror(bob, ana);
        act(ana, bob, "block");
        act(ana, bob, "unblock");
        assertThat(count(ana, "followed_by") + count(bob, "follows")).isZero();
        assertThat(act(bob, ana, "follow").data().path("outgoing_status").asText())
                .isEqualTo("follows");
        API.mirror(ana, bob);
        API.mirror(bob, ana);
        assertThat(count(ana, "followed_by")).isEqualTo(1);
        assertThat(count(bob, "follows")).isEqualTo(1);
        assertThat(client.get("/v1/users/self/followed-by?" + ana.auth()).ids()).containsExactly(id(bob));
    }

    private int count(Account whose, String name) {
        return client.get("/v1/users/self?" + whose.auth())
                .data()
                .path("counts")
                .path(name)
                .asInt();
    }

    private static String id(Account account) {
        return account.id().toString();
    }

    private Answer act(Account who, Account whom, String action) {
        return client.post("/v1/users/" + whom.id() + "/relationship", "action=" + action + "&" + who.auth());
    }
}
