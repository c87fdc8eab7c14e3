package dev.darkroom.api.media;

import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.wire.RequestParameters;
import dev.darkroom.api.wire.UploadedFile;
import dev.darkroom.media.format.Coordinates;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an upload, checked as far as they can be without the photo.
 *
 * @param suggestLocation whether the owner asked to be told where the camera says that the photo was taken
 */
record MediaForm(
        UploadedFile photo,
        @Nullable String caption,
        @Nullable String filter,
        @Nullable Coordinates coordinates,
        boolean suggestLocation,
        @Nullable String idempotencyKey) {

    /** Printable ASCII, as the header of that name allows; a UUID, for one. */
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    static MediaForm of(RequestParameters parameters, @Nullable String idempotencyHeader) {
        UploadedFile photo = parameters
                .file("photo")
                .orElseThrow(() -> ApiException.invalidParameters(
                        "Missing photo; send it as a file in a field of this name of a multipart/form-data body."));
        if (photo.size() == 0) {
            throw ApiException.invalidParameters("The photo is empty.");
        }
        if (parameters.text("location_id").isPresent()) {
            throw ApiException.invalidParameters("location_id does not name a known location.");
        }
        return new MediaForm(
                photo,
                parameters.text("caption").map(Captions::checked).orElse(null),
                parameters.text("filter").map(MediaForm::checkedFilter).orElse(null),
                coordinates(parameters),
                parameters.text("suggest_location").map(MediaForm::yes).orElse(false),
                idempotencyKey(parameters, idempotencyHeader));
    }

    private static String checkedFilter(String filter) {
        if (filter.length() > Captions.LONGEST_FILTER) {
            throw ApiException.invalidParameters("filter is longer than " + Captions.LONGEST_FILTER + " characters.");
        }
        return filter;
    }

    private static boolean yes(String answer) {
        if (!answer.equals("true") && !answer.equals("false")) {
            throw ApiException.invalidParameters("suggest_location must be true or false.");
        }
        return answer.equals("true");
    }

    private static @Nullable Coordinates coordinates(RequestParameters parameters) {
        OptionalDouble latitude = parameters.degrees("lat", 90);
        OptionalDouble longitude = parameters.degrees("lng", 180);
        if (latitude.isPresent() != longitude.isPresent()) {
            throw ApiException.invalidParameters("lat and lng are given together or not at all.");
        }
        return latitude.isPresent() ? new Coordinates(latitude.getAsDouble(), longitude.getAsDouble()) : null;
    }

    private static @Nullable String idempotencyKey(RequestParameters parameters, @Nullable String header) {
        Optional<String> key = Optional.ofNullable(header).or(() -> parameters.text("idempotency_key"));
        if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
            throw ApiException.invalidParameters(
                    "The idempotency key is 1 to 255 printable ASCII characters without spaces.");
        }
        return key.orElse(null);
    }
}
