package dev.darkroom.api.media;

import dev.darkroom.api.wire.PositiveNumber;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.users.UserId;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A media as requests name it: {@code mediaid_userid}, the form that answers use, or the bare number of before 2012.
 *
 * @param owner null where only the number was sent
 */
record MediaReference(MediaId media, @Nullable UserId owner) {

    static Optional<MediaReference> parse(String text) {
        String[] numbers = text.split("_", 2);
        OptionalLong media = PositiveNumber.parse(numbers[0]);
        OptionalLong owner = numbers.length == 1 ? OptionalLong.empty() : PositiveNumber.parse(numbers[1]);
        if (media.isEmpty() || (numbers.length == 2 && owner.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new MediaReference(
                new MediaId(media.getAsLong()), owner.isPresent() ? new UserId(owner.getAsLong()) : null));
    }

    /** Whether the number after the underscore, if there is one, is the owner. */
    boolean names(Media found) {
        return owner == null || owner.equals(found.owner());
    }

    static String of(Media media) {
        return media.id() + "_" + media.owner();
    }
}
