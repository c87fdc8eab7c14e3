package dev.darkroom.jobs.sensitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.UnreadableJobException;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.jobs.testing.GoldenJob;
import dev.darkroom.jobs.testing.JobKit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SensitiveTextTest {

    private static final String OLD = "old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String NEW = "new:AQEBAQEBAQEBAQEBAQEBAQ==";
    private static final String CARD = "4111-1111-1111-1111";

    record Pay(long order, SensitiveText card, List<SensitiveText> codes) implements Job {}

    private final Pay pay =
            new Pay(7, SensitiveText.of(CARD), List.of(SensitiveText.of("one"), SensitiveText.of("two")));

    @Test
    void what_is_sensitive_is_stored_encrypted_and_read_again() {
        JobType<Pay> type = type("test.pay", OLD);

        byte[] stored = type.codec().encode(pay);

        assertThat(text(stored)).contains("\"order\":7", "\"sensitive:1:old:").doesNotContain(CARD, "\"one\"");
        assertThat(type.codec().decode(stored)).isEqualTo(pay);
        assertThat(type.codec().encode(pay)).as("a nonce of its own each time").isNotEqualTo(stored);
    }

    @Test
    void what_is_sensitive_is_never_printed() {
        assertThat(pay).hasToString("Pay[order=7, card=***, codes=[***, ***]]");
        assertThat(SensitiveKeys.of(OLD)).hasToString("***");
        byte[] stored = type("test.pay", OLD).codec().encode(pay);
        assertThat(Masked.arguments(stored)).isEqualTo("{\"order\":7,\"card\":\"***\",\"codes\":[\"***\",\"***\"]}");
    }

    @Test
    void a_new_key_encrypts_and_an_old_one_still_decrypts() {
        byte[] stored = type("test.pay", OLD).codec().encode(pay);
        JobType<Pay> rotated = type("test.pay", NEW + "," + OLD);

        assertThat(rotated.codec().decode(stored)).isEqualTo(pay);
        assertThat(text(rotated.codec().encode(pay)))
                .contains("sensitive:1:new:")
                .doesNotContain("sensitive:1:old:");
    }

    @Test
    void a_value_that_was_changed_or_moved_is_unreadable_and_not_shown() {
        JobType<Pay> type = type("test.pay", OLD);
        String stored = text(type.codec().encode(pay));
        String card = stored.replaceAll(".*\"card\":\"([^\"]*)\".*", "$1");
        String codes = stored.replaceAll(".*\"codes\":(\\[.*\\]).*", "$1");

        assertThatThrownBy(() -> decode(type, stored.replace(codes, "[\"" + card + "\"]")))
                .isInstanceOf(UnreadableJobException.class);
        assertThatThrownBy(() -> decode(type("test.other", OLD), stored)).isInstanceOf(UnreadableJobException.class);
        assertThatThrownBy(() -> decode(type, "{\"order\":1,\"card\":\"" + CARD + "\",\"codes\":[]}"))
                .isInstanceOf(UnreadableJobException.class)
                .satisfies(error -> assertThat(stackOf(error)).doesNotContain(CARD));
    }

    private static String stackOf(Throwable error) {
        java.io.StringWriter text = new java.io.StringWriter();
        error.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void a_job_whose_key_this_process_lacks_is_tried_again() {
        JobType<Pay> type = type("test.pay", OLD);
        JobType<Pay> elsewhere = type("test.pay", NEW);
        byte[] stored = type.codec().encode(pay);

        assertThatThrownBy(() -> elsewhere.codec().decode(stored))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageContaining("'old'");
    }

    @Test
    void failures_and_reasons_are_shown_without_it() {
        JobKit thrown = run((job, context) -> {
            throw new IllegalStateException(
                    "refused", new IllegalArgumentException("card " + job.card().value()));
        });
        assertThat(thrown.failed())
                .singleElement()
                .satisfies(job -> assertThat(job.reason()).isEqualTo("java.lang.IllegalStateException: refused"));

        JobKit returned = run(
                (job, context) -> Outcome.retry("no such card: " + job.card().value()));
        returned.jobs().failed(pay, "no such card: ***");

        JobKit discarded =
                run((job, context) -> Outcome.discard("card " + job.card().value() + " is gone"));
        discarded.jobs().discarded(pay, "card *** is gone");
    }

    private JobKit run(JobHandler<Pay> handler) {
        JobType<Pay> type = type("test.pay", OLD);
        JobKit kit = new JobKit(JobTypes.of(type), new JobHandlers().add(type, handler));
        kit.enqueue(pay);
        kit.drain();
        return kit;
    }

    @Test
    void golden_files_hold_it_in_the_clear() {
        GoldenJob.assertOnRecord(type("test.pay", OLD), pay);
    }

    @Test
    void keys_that_are_not_usable_are_refused_without_being_shown() {
        for (String bad : List.of("", "abc", "k:not base64!", "k:AAAA", "K:" + OLD.substring(4), OLD + "," + OLD)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SensitiveKeys.of(bad))
                    .withMessageContaining("write id:key")
                    .satisfies(error -> assertThat(error.getMessage()).doesNotContain("not base64!"));
        }
    }

    @Test
    void without_any_key_nothing_is_enqueued_and_the_message_says_what_to_set() {
        JobType<Pay> type = JobType.named("test.pay", Pay.class).build();

        assertThatThrownBy(() -> type.codec().encode(pay)).hasStackTraceContaining("set DARKROOM_JOB_KEYS");
    }

    @Test
    void an_error_that_tells_a_value_in_what_it_suppressed_is_shown_without() {
        IllegalStateException error = new IllegalStateException("the bank hung up");
        error.addSuppressed(new IllegalStateException("closing " + pay.card().value()));
        error.initCause(new IllegalArgumentException("a cause", error));

        assertThat(Masked.error(pay, error))
                .isNotSameAs(error)
                .extracting(SensitiveTextTest::printed)
                .asString()
                .doesNotContain(pay.card().value());
        IllegalStateException harmless = new IllegalStateException("the bank hung up");
        assertThat(Masked.error(pay, harmless)).isSameAs(harmless);
    }

    record Transfer(Optional<Account> from, Map<String, List<Account>> to, Account[] through) implements Job {}

    record Account(String holder, SensitiveText number) {}

    @Test
    void a_value_is_found_wherever_in_the_job_it_is() {
        Transfer transfer = new Transfer(
                Optional.of(account("from-1")),
                Map.of("first", List.of(account("to-2"), account("to-3"))),
                new Account[] {account("through-4")});

        assertThat(Masked.text(transfer, "from-1 to-2 to-3 through-4 by ana")).isEqualTo("*** *** *** *** by ana");
        assertThat(Masked.text(pay, "two codes: zwei"))
                .as("too short to be found")
                .isEqualTo("two codes: zwei");
    }

    private static Account account(String number) {
        return new Account("ana", SensitiveText.of(number));
    }

    private static String printed(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static JobType<Pay> type(String name, String keys) {
        return JobType.named(name, Pay.class)
                .sensitiveKeys(SensitiveKeys.of(keys))
                .retry(dev.darkroom.jobs.RetryPolicy.DEFAULT.withAttempts(1))
                .build();
    }

    private static Pay decode(JobType<Pay> type, String arguments) {
        return type.codec().decode(arguments.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
