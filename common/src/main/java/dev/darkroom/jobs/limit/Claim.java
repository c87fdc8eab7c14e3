package dev.darkroom.jobs.limit;

import dev.darkroom.jobs.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one relay wants of one limit.
 *
 * @param key what is limited: a type, or a lane of one
 * @param rate null if the limit is one of jobs at a time
 * @param most jobs at a time; 0 if the limit is a rate
 * @param held jobs of it that this relay has handed out and that have not ended
 * @param wanted how many more it would hand out; 0 only says what is held
 */
public record Claim(String key, @Nullable Rate rate, int most, int held, int wanted) {

    public static Claim ofRate(String key, Rate rate, int wanted) {
        return new Claim(key, rate, 0, 0, wanted);
    }

    public static Claim ofJobs(String key, int most, int held, int wanted) {
        return new Claim(key, null, most, held, wanted);
    }

    /** After so long a relay that says nothing any more holds nothing any more. */
    public static final Duration HOLDS = Duration.ofSeconds(15);
}
