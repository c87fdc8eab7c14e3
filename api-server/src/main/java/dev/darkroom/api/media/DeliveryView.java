package dev.darkroom.api.media;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.darkroom.media.Effect;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far one effect of a media is.
 *
 * @param kind such as {@code rendered} or {@code feeds}
 * @param state {@code waiting}, {@code under_way}, {@code done} or {@code failed}
 * @param done how many of {@code total} are done; both 0 where nothing is counted
 * @param error what went wrong and what to do; null if nothing did
 * @param updatedTime unix seconds
 */
@JsonNaming(SnakeCaseStrategy.class)
record DeliveryView(
        String kind,
        String state,
        int done,
        int total,
        @Nullable String error,
        String updatedTime) {

    static DeliveryView of(Effect effect) {
        return new DeliveryView(
                effect.kind().name().toLowerCase(Locale.ROOT),
                effect.state().name().toLowerCase(Locale.ROOT),
                effect.done(),
                effect.total(),
                effect.error(),
                Long.toString(effect.at().getEpochSecond()));
    }
}
