package dev.darkroom.ops.handout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.Rate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class HandoutCommandsTest {

    private final RateText text = new RateText();

    @Test
    void rates_are_read_as_people_write_them() {
        assertThat(text.convert("100/1s")).isEqualTo(new Rate(100, Duration.ofSeconds(1)));
        assertThat(text.convert("5/10m")).isEqualTo(new Rate(5, Duration.ofMinutes(10)));
        assertThat(text.convert("1/500MS")).isEqualTo(new Rate(1, Duration.ofMillis(500)));
        for (String wrong : List.of("100", "/1s", "0/1s", "5/0s", "5/1d", "-5/1s", "99999999999/1s")) {
            assertThatThrownBy(() -> text.convert(wrong)).as(wrong).isInstanceOf(TypeConversionException.class);
        }
    }

    @Test
    void wrong_arguments_are_told_and_nothing_is_set() {
        assertThat(limits("set", "media.render")).contains("Give limits, or --unlimited, or --default");
        assertThat(limits("set", "media.render", "--rate", "5/1m", "--default")).contains("no two of these");
        assertThat(limits("set", "media.render", "--concurrency", "0")).contains("pause the type");
        assertThat(limits("set", "media.render", "--rate", "many")).contains("is not a rate");
        assertThat(limits()).contains("Say what to do: list or set");
    }

    @Test
    void breakers_are_listed_in_columns() {
        BreakerListCommand.Row open = new BreakerListCommand.Row(
                1, "share.post", "example.org", "open", null, null, 12, 3, 75, 4.4, "connection refused");
        BreakerListCommand.Row byHand =
                new BreakerListCommand.Row(2, "share.post", "", "closed", "open", "ana", 0, 0, 9, null, "");

        assertThat(BreakerListCommand.lines(List.of(open, byHand)))
                .element(1)
                .asString()
                .contains("share.post", "example.org", "open", "75 s", "in 4 s", "connection refused");
        assertThat(BreakerListCommand.lines(List.of(open, byHand)))
                .element(2)
                .asString()
                .contains("open by ana");
    }

    private static String limits(String... arguments) {
        StringWriter err = new StringWriter();
        int code = new CommandLine(new LimitsCommand())
                .setErr(new PrintWriter(err))
                .execute(arguments);
        assertThat(code).isEqualTo(2);
        return err.toString();
    }
}
