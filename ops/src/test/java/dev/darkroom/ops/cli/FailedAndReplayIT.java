package dev.darkroom.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.failures.Failures;
import dev.darkroom.jobs.replay.TwoLedgers;
import dev.darkroom.jobs.replay.work.ReplayDuty;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.jobs.run.JobWorker;
import dev.darkroom.jobs.run.WorkerIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands about failed jobs and replays, against two databases. */
@Timeout(120)
class FailedAndReplayIT {

    @RegisterExtension
    static final TwoLedgers LEDGERS = new TwoLedgers();

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path parts;

    private record Said(int code, String out, String err) {}

    @BeforeEach
    void begin() throws IOException {
        LEDGERS.clear();
        parts = folder.resolve("parts.yml");
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.writeString(parts, """
                gearman:
                  servers: ["%s"]
                directory: {url: "%s", user: postgres, poolSize: 2}
                databases:
                  - {number: 1, shards: [0], database: {url: "%s", user: postgres, poolSize: 2}}
                  - {number: 2, shards: [1], database: {url: "%s", user: postgres, poolSize: 2}}
                redis:
                  feeds: ["127.0.0.1:1"]
                s3: {endpoint: "http://127.0.0.1:1", region: us-east-1, bucket: photos, accessKey: key, secretKey: "file:%s"}
                """.formatted(
                        SERVER.address(), LEDGERS.jdbcUrl(0), LEDGERS.jdbcUrl(1), LEDGERS.jdbcUrl(2), secret));
        LEDGERS.failures(1).add(60, 3, 10);
        LEDGERS.failures(2).add(30, 3, 10);
    }

    @Test
    void failures_are_grouped_listed_and_shown() throws IOException {
        assertThat(run("failed", "groups").out().lines())
                .hasSize(4)
                .anyMatch(line -> line.matches(
                        "0000000000000001 +30 +test\\.step +10 .*ConnectException: no answer from host .*"));
        assertThat(MAPPER.readTree(run("failed", "groups", "--json")
                                .out()
                                .lines()
                                .findFirst()
                                .orElseThrow())
                        .get("jobs")
                        .asLong())
                .isEqualTo(30);

        Said list = run("failed", "list", "--group", Failures.cause(1), "--since", "1h", "--limit", "7", "--json");
        List<String> lines = list.out().lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(list.err()).contains("--after ");
        String after = list.err().strip().replaceAll(".*--after ", "");
        assertThat(run("failed", "list", "--group", Failures.cause(1), "--after", after, "--json")
                        .out()
                        .lines())
                .hasSize(23)
                .doesNotContainAnyElementsOf(lines);

        String job = MAPPER.readTree(lines.get(0)).get("id").asText();
        assertThat(run("failed", "show", job).out()).contains("after 3 attempts", "\"owner\":\"lane-", "at some.Frame");
        assertThat(run("failed", "list", "--job", job, "--json").out().lines()).containsExactly(lines.get(0));
        assertThat(run("failed", "list", "--job", job, "--lane", "no-such").out())
                .isEqualTo("No failed job matches.\n");
    }

    @Test
    void what_is_wrong_is_said_in_one_line() {
        assertThat(run("failed", "show", "8193").err())
                .hasLineCount(1)
                .startsWith("darkroom: Job 8193 is not among the failed");
        assertThat(run("failed", "list", "--group", "abc").err())
                .hasLineCount(1)
                .contains("16 hex digits");
        assertThat(run("failed", "list", "--since", "yesterday").err())
                .hasLineCount(1)
                .contains("2h or 3d ago");
        assertThat(run("failed", "list", "--attempts", "x").err())
                .hasLineCount(1)
                .contains("2-5");
        assertThat(run("replay", "start", "--type", "no.such").err())
                .isEqualTo("darkroom: No failed job matches, so there is nothing to replay\n");
        assertThat(run("replay", "start", "--rate", "-1").err()).hasLineCount(1).contains("above 0");
        assertThat(run("replay", "pause", "99").err()).hasLineCount(1).contains("There is no replay 99");
        assertThat(run("replay", "start", "--help").out()).contains("--canary", "--dry-run", "--outstanding");
    }

    @Test
    void failures_are_exported_and_discarded() throws IOException {
        Path csv = folder.resolve("failed.csv");
        assertThat(run("failed", "export", "--to", csv.toString()).err()).isEqualTo("90 failed jobs exported.\n");
        assertThat(Files.readString(csv)).startsWith("id,type,lane,attempts,fingerprint,error_class,message");
        assertThat(Files.readString(csv)).contains("\"{\"\"owner\"\":\"\"lane-1\"\",\"\"number\"\":11}\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(csv)))
                .isEqualTo("rw-------");
        assertThat(run("failed", "export", "--to", csv.toString()).err())
                .hasLineCount(1)
                .contains("exists already");
        Path lines = folder.resolve("failed.jsonl");
        run("failed", "export", "--format", "jsonl", "--lane", "lane-3", "--to", lines.toString());
        assertThat(Files.readAllLines(lines)).hasSize(9);
        assertThat(MAPPER.readTree(Files.readAllLines(lines).get(0))
                        .get("stack")
                        .asText())
                .contains("\n");

        assertThat(run("failed", "discard", "--lane", "lane-3", "--dry-run").out())
                .contains("9 jobs in all");
        Said unasked = run("failed", "discard", "--lane", "lane-3");
        assertThat(unasked.code()).isEqualTo(1);
        assertThat(unasked.err()).contains("Nothing was discarded").contains("--yes");
        assertThat(LEDGERS.sum("SELECT count(*) FROM jobs.failed_job")).isEqualTo(90);
        assertThat(run("failed", "discard", "--lane", "lane-3", "--yes", "--by", "ana", "--json")
                        .out())
                .isEqualTo("{\"discarded\":9}\n");
        assertThat(LEDGERS.sum("SELECT count(*) FROM jobs.failed_job")).isEqualTo(81);
        assertThat(LEDGERS.sum("SELECT sum(jobs) FROM jobs.audit WHERE actor = 'ana'"))
                .isEqualTo(9);
    }

    @Test
    void who_did_what_to_failed_jobs_is_kept_and_shown() throws IOException {
        assertThat(run("failed", "audit").out()).isEqualTo("Nobody has discarded, exported or replayed anything.\n");
        run(
                "failed",
                "export",
                "--lane",
                "lane-1",
                "--by",
                "ana",
                "--to",
                folder.resolve("kept.csv").toString());
        run("failed", "discard", "--group", Failures.cause(1), "--yes", "--by", "ben");
        run("replay", "start", "--lane", "lane-2", "--by", "cleo");

        List<String> lines = run("failed", "audit", "--json").out().lines().toList();
        assertThat(lines).hasSize(5);
        JsonNode replay = MAPPER.readTree(lines.get(0));
        assertThat(replay.get("by").asText() + " " + replay.get("action").asText())
                .isEqualTo("cleo replay");
        assertThat(replay.get("jobs").asLong()).isEqualTo(6);
        assertThat(replay.get("ended_at").isNull()).isTrue();
        long discarded = 0;
        for (String line : lines.subList(1, 3)) {
            JsonNode discard = MAPPER.readTree(line);
            assertThat(discard.get("by").asText() + " " + discard.get("action").asText())
                    .isEqualTo("ben discard");
            assertThat(discard.get("filter").get("group").asText()).isEqualTo(Failures.cause(1));
            assertThat(discard.get("ended_at").asText()).isNotEmpty();
            discarded += discard.get("jobs").asLong();
        }
        assertThat(discarded).isEqualTo(30);

        List<String> table =
                run("failed", "audit", "--limit", "4").out().lines().toList();
        assertThat(table).hasSize(5);
        assertThat(table.get(0)).matches("when +who +what +jobs +database +ended +filter");
        assertThat(table.get(1)).matches("20.* cleo +replay \\d+ +6 +all +lane lane-2");
        assertThat(table.get(4)).matches("20.* ana +export +\\d+ +2 +20.* lane lane-1");
        assertThat(run("failed", "audit", "--limit", "0").err()).hasLineCount(1).contains("1 to 10000");
        assertThat(run("failed", "audit", "--help").out()).contains("--limit", "--json");
    }

    @Test
    void an_export_that_breaks_off_is_kept_as_one_without_an_end() {
        assertThat(run("failed", "export", "--by", "ana", "--to", "/dev/full").code())
                .isNotZero();

        assertThat(LEDGERS.sum("SELECT count(*) FROM jobs.audit WHERE ended_at IS NULL AND actor = 'ana'"))
                .isZero();
    }

    @Test
    void a_replay_is_ordered_watched_paused_resumed_and_looked_back_at() throws Exception {
        try (JobServers relays = new JobServers(List.of(SERVER.address()), "test", "here");
                JobWorker worker = new JobWorker(
                        WorkerIdentity.ofThisProcess("w", "here", 2),
                        List.of(SERVER.address()),
                        LEDGERS.ledgers(),
                        new JobHandlers()
                                .add(
                                        TestJobs.STEP,
                                        (step, context) ->
                                                step.number() == 59 ? Outcome.retry("never") : Outcome.done()),
                        FlightRecorder.NONE,
                        Pause.SLEEP)) {
            worker.start();
            for (int database = 1; database <= 2; database++) {
                relays.relay(
                        database, LEDGERS.source(database), List.of(new ReplayDuty(database, LEDGERS.directory())));
            }
            assertThat(run("replay", "start", "--dry-run", "--json").out()).startsWith("{\"jobs\":90,");

            JsonNode started =
                    MAPPER.readTree(run("replay", "start", "--rate", "30", "--canary", "0", "--by", "ana", "--json")
                            .out());
            String id = started.get("replay").asText();
            assertThat(run("replay", "pause", id).out()).contains("is paused");
            assertThat(run("replay", "list").out()).contains("paused").contains("ana");
            assertThat(run("replay", "resume", id).code()).isZero();
            Said watched = run("replay", "watch", id);

            assertThat(watched.code()).isZero();
            assertThat(watched.err())
                    .contains("Replay " + id + " has finished: 89 done, 1 failed again, 0 waiting, 0 left");
            assertThat(run("replay", "show", id).out())
                    .contains(
                            "90  selected",
                            "89  done",
                            "1  failed again",
                            "ana: start",
                            "pause",
                            "resume",
                            "failed again: 1 of group");
            JsonNode shown = MAPPER.readTree(run("replay", "show", id, "--jobs", "10", "--state", "failed", "--json")
                    .out());
            assertThat(shown.get("jobs")).hasSize(1);
            assertThat(shown.get("done").asLong() + shown.get("failed").asLong())
                    .isEqualTo(90);
            assertThat(run("replay", "cancel", id).err()).hasLineCount(1).contains("nothing to cancel");
        }
    }

    private Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--parts";
        all[arguments.length + 1] = parts.toString();
        return new Said(line.execute(all), out.toString(), err.toString());
    }
}
