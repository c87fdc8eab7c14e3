package dev.darkroom.ops.killtest.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ops.killtest.load.CommitLog.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitLogsTest {

    @Test
    void a_transaction_without_an_answer_is_unknown() {
        assertThat(CommitLogs.read(
                        4, List.of("begin 0 0 10", "ACKNOWLEDGED 0", "begin 1 10 5", "FAILED 1", "begin 2 15 7")))
                .containsExactly(
                        new Batch(4, 0, 0, 10, Answer.ACKNOWLEDGED),
                        new Batch(4, 1, 10, 5, Answer.FAILED),
                        new Batch(4, 2, 15, 7, Answer.UNKNOWN));
    }
}
