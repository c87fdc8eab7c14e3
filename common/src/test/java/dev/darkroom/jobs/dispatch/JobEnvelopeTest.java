package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.Mark;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class JobEnvelopeTest {

    private static final byte[] ARGUMENTS = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void a_plain_job_travels_with_nineteen_bytes_more() {
        byte[] payload = new JobEnvelope(8193, 2, 1, JobMarks.NONE, null, ARGUMENTS).encode();

        assertThat(HexFormat.of().formatHex(payload))
                .isEqualTo("02" + "0000" + "0000000000002001" + "00000002" + "00000001" + "7b7d");
        JobEnvelope read = JobEnvelope.decode(payload);
        assertThat(read.id()).isEqualTo(8193);
        assertThat(read.turn()).isEqualTo(2);
        assertThat(read.attempt()).isEqualTo(1);
        assertThat(read.trace()).isNull();
        assertThat(read.arguments()).isEqualTo(ARGUMENTS);
    }

    @Test
    void a_marked_and_traced_job_arrives_with_marks_and_trace() {
        JobMarks marks = JobMarks.NONE.with(Mark.TRACED).with(Mark.SUSPECT);

        JobEnvelope read = JobEnvelope.decode(new JobEnvelope(1, 0, 0, marks, TRACE, ARGUMENTS).encode());

        assertThat(read.marks()).isEqualTo(marks);
        assertThat(read.trace()).isEqualTo(TRACE);
        assertThat(read.arguments()).isEqualTo(ARGUMENTS);
    }

    @Test
    void a_deadline_travels_with_a_job_that_has_one() {
        JobMarks marks = JobMarks.NONE.with(Mark.TRACED).with(Mark.EXPIRES);
        byte[] payload = new JobEnvelope(1, 0, 0, marks, TRACE, 1_795_000_000_123_456L, ARGUMENTS).encode();

        JobEnvelope read = JobEnvelope.decode(payload);
        assertThat(read.expiresAt()).isEqualTo(1_795_000_000_123_456L);
        assertThat(read.trace()).isEqualTo(TRACE);
        assertThat(read.arguments()).isEqualTo(ARGUMENTS);
        for (int length = 0; length < payload.length - ARGUMENTS.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> JobEnvelope.decode(cut)).isInstanceOf(JobException.class);
        }
    }

    @Test
    void what_the_marks_do_not_say_is_refused_and_so_is_what_they_say_and_is_not_there() {
        JobMarks traced = JobMarks.NONE.with(Mark.TRACED);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobEnvelope(1, 0, 0, JobMarks.NONE, TRACE, ARGUMENTS))
                .withMessageContaining("trace");
        assertThatIllegalArgumentException().isThrownBy(() -> new JobEnvelope(1, 0, 0, traced, null, ARGUMENTS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobEnvelope(1, 0, 0, traced, "0".repeat(256), ARGUMENTS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobEnvelope(1, 0, 0, JobMarks.NONE, null, 7, ARGUMENTS))
                .withMessageContaining("deadline");
    }

    @Test
    void what_is_cut_off_or_of_another_system_is_refused() {
        byte[] traced = new JobEnvelope(1, 0, 0, JobMarks.NONE.with(Mark.TRACED), TRACE, new byte[0]).encode();

        for (int length = 0; length < traced.length; length++) {
            byte[] cut = Arrays.copyOf(traced, length);
            assertThatThrownBy(() -> JobEnvelope.decode(cut)).isInstanceOf(JobException.class);
        }
        traced[0] = 1;
        assertThatThrownBy(() -> JobEnvelope.decode(traced)).isInstanceOf(JobException.class);
    }
}
