package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiExtension.Account;
import dev.darkroom.shards.PhysicalDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trace that a client names goes on in what its request enqueues. What becomes of it there: TracedJobsIT. */
class TraceIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private Account ana;

    @BeforeEach
    void sign_up() throws SQLException {
        ana = API.account();
        for (PhysicalDatabase database : API.shards().databases()) {
            try (Connection connection = database.source().getConnection()) {
                connection.createStatement().execute("TRUNCATE jobs.job");
            }
        }
    }

    @Test
    void a_clients_trace_goes_on_in_the_jobs_of_its_request_and_in_no_others() throws SQLException {
        post("00-" + TRACE + "-" + SPAN + "-01");
        assertThat(traces())
                .singleElement()
                .satisfies(trace -> assertThat(trace)
                        .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                        .doesNotContain(SPAN));

        API.post(ana);
        assertThat(traces()).hasSize(2).contains("none");
    }

    @Test
    void a_trace_that_is_not_sampled_stays_so() throws SQLException {
        post("00-" + TRACE + "-" + SPAN + "-00");
        assertThat(traces())
                .singleElement()
                .satisfies(trace -> assertThat(trace).startsWith("00-" + TRACE).endsWith("-00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "'; DROP TABLE jobs.job; --" + SPAN + "-01"
            })
    void what_is_no_trace_is_ignored(String traceparent) throws SQLException {
        post(traceparent);
        assertThat(traces()).containsExactly("none");
    }

    private void post(String traceparent) {
        Answer answer = API.client()
                .post(
                        "/v1/media?" + ana.auth(),
                        new Multipart().photo(Photos.jpeg(40, 30)),
                        "traceparent",
                        traceparent);
        assertThat(answer.status()).isEqualTo(200);
    }

    private static List<String> traces() throws SQLException {
        List<String> traces = new ArrayList<>();
        for (PhysicalDatabase database : API.shards().databases()) {
            try (Connection connection = database.source().getConnection();
                    ResultSet rows = connection
                            .createStatement()
                            .executeQuery("SELECT coalesce(trace, 'none') FROM jobs.job WHERE type = 'media.render'")) {
                while (rows.next()) {
                    traces.add(rows.getString(1));
                }
            }
        }
        return traces;
    }
}
