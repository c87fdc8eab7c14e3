package dev.darkroom.ops.handout;

import dev.darkroom.jobs.Rate;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rate as people write it: {@code 100/1s}. */
final class RateText implements ITypeConverter<Rate> {

    private static final Pattern RATE = Pattern.compile("([0-9]{1,9})/([0-9]{1,6})(ms|s|m|h)");

    @Override
    public Rate convert(String text) {
        Matcher matcher = RATE.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is not a rate: write 100/1s, 5/1m or 1000/1h");
        }
        try {
            return new Rate(
                    Long.parseLong(matcher.group(1)), period(Long.parseLong(matcher.group(2)), matcher.group(3)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static Duration period(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
