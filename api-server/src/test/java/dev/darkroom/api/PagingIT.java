package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiExtension.Account;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.media.MediaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walking a list by next_url gives each item once and in order, whatever the size of the pages. */
class PagingIT {

    private static final int MEDIA = 23;
    private static final int FOLLOWED = 17;

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    private static Account ana;
    private static Account fan;
    private static final List<String> POSTED = new ArrayList<>();
    private static final List<String> FOLLOWEES = new ArrayList<>();

    private final ApiClient client = API.client();

    @BeforeAll
    static void post_and_follow() {
        ana = API.account();
        fan = API.account();
        FollowStore follows = new FollowStore(API.shards());
        follows.follow(fan.id(), ana.id());
        API.mirror(fan, ana);
        for (int i = 0; i < MEDIA; i++) {
            String media = API.post(ana);
            POSTED.add(0, media);
            API.ready(media);
        }
        for (int i = 0; i < FOLLOWED; i++) {
            Account other = API.account();
            follows.follow(ana.id(), other.id());
            follows.follow(other.id(), fan.id());
            follows.applyMirror(other.id(), fan.id());
            FOLLOWEES.add(other.id().toString());
        }
    }

    static List<Integer> counts() {
        Random random = new Random(20_111_115);
        List<Integer> counts = new ArrayList<>(List.of(1, MEDIA - 1, MEDIA, MEDIA + 1, FOLLOWED, 100, 5_000));
        random.ints(6, 2, MEDIA).forEach(counts::add);
        return counts;
    }

    @ParameterizedTest
    @MethodSource("counts")
    void an_accounts_media(int count) {
        assertWalk("/v1/users/" + ana.id() + "/media/recent?" + fan.auth(), count, POSTED);
        assertWalk("/v1/users/self/media/recent.json?" + ana.auth(), count, POSTED);
    }

    @ParameterizedTest
    @MethodSource("counts")
    void a_feed(int count) {
        assertWalk("/v1/users/self/feed?" + fan.auth(), count, POSTED);
    }

    @ParameterizedTest
    @MethodSource("counts")
    void follows_and_followers(int count) {
        List<String> walked = walk("/v1/users/self/follows?" + ana.auth(), count);
        assertThat(walked).containsExactlyInAnyOrderElementsOf(FOLLOWEES);
        walked = walk("/v1/users/self/followed-by/?" + fan.auth(), count);
        assertThat(walked).containsExactlyInAnyOrderElementsOf(FOLLOWEES);
    }

    @Test
    void the_last_page_has_an_empty_pagination_and_the_others_a_string_cursor() {
        List<Answer> pages = client.pages("/v1/users/self/media/recent?" + ana.auth());
        assertThat(pages).hasSize(2);
        assertThat(pages.get(0).ids()).hasSize(20);
        assertThat(pages.get(0).json().path("pagination").path("next_max_id").asText())
                .isEqualTo(POSTED.get(19));
        assertThat(pages.get(1).json().get("pagination").toString()).isEqualTo("{}");
    }

    @Test
    void a_feed_keeps_its_pages_when_something_new_comes_in_between() {
        Answer first = client.get("/v1/users/self/feed?count=4&" + fan.auth());
        String late = API.post(ana);
        MediaId id = API.ready(late);
        API.feeds().insert(fan.id(), List.of(id));
        Answer second = client.get(first.nextUrl().replace(client.origin(), ""));
        assertThat(second.ids()).isEqualTo(POSTED.subList(4, 8));
        assertThat(client.get("/v1/users/self/feed?count=1&" + fan.auth()).ids())
                .containsExactly(late);
        client.delete("/v1/media/" + late + "?" + ana.auth());
        assertThat(client.get("/v1/users/self/feed?count=1&" + fan.auth()).ids())
                .containsExactly(POSTED.get(0));
    }

    @Test
    void bounds_are_exclusive_and_take_both_forms_of_an_id() {
        String path = "/v1/users/" + ana.id() + "/media/recent?" + fan.auth();
        String number = POSTED.get(5).substring(0, POSTED.get(5).indexOf('_'));
        assertThat(client.get(path + "&max_id=" + number + "&min_id=" + POSTED.get(9))
                        .ids())
                .isEqualTo(POSTED.subList(6, 9));
        assertThat(client.get("/v1/users/self/feed?" + fan.auth() + "&min_id=" + POSTED.get(2))
                        .ids())
                .isEqualTo(POSTED.subList(0, 2));
        assertThat(client.get(path + "&max_timestamp=1000000000").ids()).isEmpty();
        assertThat(client.get(path + "&min_timestamp=1000000000&count=100").ids())
                .isEqualTo(POSTED);
    }

    @ParameterizedTest
    @CsvSource({
        "count=0,Count must be larger than zero.",
        "count=-1,Count must be larger than zero.",
        "count=x,count must be a whole number.",
        "count=1.5,count must be a whole number.",
        "count=99999999999999999999,count must be a whole number.",
        "max_id=x,max_id must be a media id.",
        "min_id=-1,min_id must be a media id.",
        "max_timestamp=now,max_timestamp must be a whole number.",
        "min_timestamp=-1,min_timestamp must be in unix seconds."
    })
    void bounds_of_the_wrong_form_are_refused(String bound, String message) {
        Answer answer = client.get("/v1/users/self/media/recent?" + ana.auth() + "&" + bound);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorType()).isEqualTo("APIInvalidParametersError");
        assertThat(answer.errorMessage()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=%C3%BC&lat=1&lng=x", "unknown[]=1", "sig=1&sig=2", "&&=&a"})
    void unknown_parameters_are_ignored(String extra) {
        assertThat(client.get("/v1/users/self/feed?" + fan.auth() + "&"
                                + ApiExtension.encode(extra).replace("%3D", "=").replace("%26", "&"))
                        .status())
                .isEqualTo(200);
    }

    private void assertWalk(String path, int count, List<String> expected) {
        assertThat(walk(path, count)).isEqualTo(expected);
    }

    private List<String> walk(String path, int count) {
        List<String> walked = new ArrayList<>();
        for (Answer page : client.pages(path + "&count=" + count)) {
            assertThat(page.ids())
                    .hasSizeLessThanOrEqualTo(Math.min(count, 100))
                    .isNotEmpty();
            walked.addAll(page.ids());
        }
        return walked;
    }
}
