package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.GearmandExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** gearmand is away for longer than gates, leases and waits last. */
@Timeout(120)
class GearmandOutageIT extends PlatformFixture {

    @RegisterExtension
    static final GearmandExtension SERVER = new GearmandExtension();

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @Test
    void an_outage_longer_than_gates_and_leases_costs_time_and_nothing_else() throws Exception {
        worker("w", 4, counting());
        JobServers servers = servers();
        servers.relay(1, source);
        awaitRow("SELECT count(*) FROM jobs.type_state WHERE type = 'test.step' AND gate_open", "1");
        Ledger direct = ledger(servers.directSubmission());
        Ledger dying = ledger(new AdmitsAndForgets());

        server().kill();
        enqueue(direct, "", 0, 4);
        enqueue(dying, "", 4, 100);
        direct.inTransaction(
                transaction -> transaction.enqueue(List.of(NewJob.after(Duration.ofSeconds(2), TestJobs.step(100)))));
        awaitRow(
                "SELECT count(*) FROM jobs.type_state WHERE published_at > clock_timestamp() - interval '4 seconds'",
                "0");
        enqueue(direct, "", 101, 400);
        assertThat(rows.one("SELECT count(*) >= 299 FROM jobs.job WHERE leased_until IS NULL"))
                .as("with the gate shut nothing is submitted directly")
                .isEqualTo("t");
        awaitRow("SELECT count(*) FROM jobs.job WHERE leased_until > clock_timestamp()", "0");
        awaitRow("SELECT count(*) FROM jobs.later_job", "0");
        assertThat(rows.count("job")).isEqualTo(400);

        server().start();

        awaitEmptyLedger();
        assertThat(runs)
                .hasSize(400)
                .allSatisfy((number, count) -> assertThat(count).hasValue(1));
        assertThat(rows.count("failed_job")).isZero();
        assertThat(rows.one("SELECT sum(retried) FROM (SELECT retried FROM jobs.worker_count"
                        + " UNION ALL SELECT retried FROM jobs.type_total) c"))
                .isEqualTo("0");
        awaitRow("SELECT count(*) FROM jobs.type_state WHERE type = 'test.step' AND gate_open", "1");
        enqueue(ledger(DirectSubmission.NONE), "", 400, 401);
        awaitEmptyLedger();
    }
}
