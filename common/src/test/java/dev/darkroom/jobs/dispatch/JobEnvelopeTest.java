package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.Mark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class JobEnvelopeTest {

    private static final byte[] ARGUMENTS = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void a_plain_job_travels_with_twenty_bytes_more() {
        byte[] payload = new JobEnvelope(8193, 2, 1, JobMarks.NONE, null, ARGUMENTS).encode();

        assertThat(HexFormat.of().formatHex(payload))
                .isEqualTo("03" + "0000" + "0000000000002001" + "00000002" + "00000001" + "00" + "7b7d");
        JobEnvelope read = JobEnvelope.decode(payload);
        assertThat(read.id()).isEqualTo(8193);
        assertThat(read.turn()).isEqualTo(2);
        assertThat(read.attempt()).isEqualTo(1);
        assertThat(read.trace()).isNull();
        assertThat(read.lane()).isEmpty();
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
        byte[] payload = new JobEnvelope(1, 0, 0, marks, "ana", TRACE, 1_795_000_000_123_456L, ARGUMENTS).encode();

        JobEnvelope read = JobEnvelope.decode(payload);
        assertThat(read.expiresAt()).isEqualTo(1_795_000_000_123_456L);
        assertThat(read.lane()).isEqualTo("ana");
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
                .isThrownBy(() -> new JobEnvelope(1, 0, 0, JobMarks.NONE, "", null, 7, ARGUMENTS))
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

    @Property
    void whatever_a_job_has_arrives(
            @ForAll long id,
            @ForAll int turn,
            @ForAll @StringLength(max = 300) String lane,
            @ForAll boolean traced,
            @ForAll byte[] arguments) {
        JobMarks marks = traced ? JobMarks.NONE.with(Mark.TRACED) : JobMarks.NONE;
        JobEnvelope sent = new JobEnvelope(id, turn, 3, marks, lane, traced ? TRACE : null, 0, arguments);

        JobEnvelope read = JobEnvelope.decode(sent.encode());

        assertThat(read.id()).isEqualTo(id);
        assertThat(read.turn()).isEqualTo(turn);
        assertThat(read.trace()).isEqualTo(sent.trace());
        assertThat(read.arguments()).isEqualTo(arguments);
        byte[] whole = lane.getBytes(StandardCharsets.UTF_8);
        byte[] told = read.lane().getBytes(StandardCharsets.UTF_8);
        assertThat(whole).startsWith(told);
        assertThat(told.length).isBetween(Math.min(whole.length, 252), 255);
    }

    @Property
    void a_job_that_a_release_without_lanes_has_submitted_is_read(
            @ForAll long id, @ForAll boolean traced, @ForAll byte[] arguments) {
        byte[] trace = TRACE.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer old = ByteBuffer.allocate(19 + (traced ? 1 + trace.length : 0) + arguments.length);
        old.put((byte) 2)
                .putShort((short) (traced ? Mark.TRACED.bit() : 0))
                .putLong(id)
                .putInt(5)
                .putInt(1);
        if (traced) {
            old.put((byte) trace.length).put(trace);
        }
        old.put(arguments);

        JobEnvelope read = JobEnvelope.decode(old.array());

        assertThat(read.id()).isEqualTo(id);
        assertThat(read.turn()).isEqualTo(5);
        assertThat(read.lane()).isEmpty();
        assertThat(read.trace()).isEqualTo(traced ? TRACE : null);
        assertThat(read.arguments()).isEqualTo(arguments);
    }
}
