package dev.darkroom.api.wire;

import dev.darkroom.api.error.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The parameters of one request, from query, form body and multipart fields alike; a later source wins. Values of the wrong
 * form are answered with {@code APIInvalidParametersError}, unknown names are ignored, an empty value counts as absent.
 */
public final class RequestParameters {

    /** The largest page; more is held to it. */
    public static final int LARGEST_COUNT = 100;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,4}(\\.[0-9]{1,20})?");

    private final Map<String, String> query;
    private final Map<String, String> values;
    private final Map<String, UploadedFile> files;

    RequestParameters(Map<String, String> query, Map<String, String> body, Map<String, UploadedFile> files) {
        this.query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        this.values = new LinkedHashMap<>(query);
        this.values.putAll(body);
        this.files = Map.copyOf(files);
    }

    /** The parameters read so far: those of the query only, until the body is read. */
    public static RequestParameters of(ContainerRequestContext request) {
        Object read = request.getProperty(RequestParameters.class.getName());
        return read instanceof RequestParameters parameters
                ? parameters
                : new RequestParameters(Map.of(), Map.of(), Map.of());
    }

    void remember(ContainerRequestContext request) {
        request.setProperty(RequestParameters.class.getName(), this);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    public String require(String name) {
        return text(name).orElseThrow(() -> ApiException.invalidParameters("Missing " + name + " parameter."));
    }

    /** A file field; a text field of the same name is not one. */
    public Optional<UploadedFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** The size of a page, at most {@link #LARGEST_COUNT}. */
    public int count(int preset) {
        OptionalLong count = number("count");
        if (count.isEmpty()) {
            return preset;
        }
        if (count.getAsLong() < 1) {
            throw ApiException.invalidParameters("Count must be larger than zero.");
        }
        return (int) Math.min(count.getAsLong(), LARGEST_COUNT);
    }

    public OptionalLong number(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!WHOLE_NUMBER.matcher(text.get()).matches()) {
            throw ApiException.invalidParameters(name + " must be a whole number.");
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    /** A media id as a bound: the bare number or the long form {@code mediaid_userid}, of which the number counts. */
    public OptionalLong mediaId(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong number = PositiveNumber.parse(text.get().split("_", 2)[0]);
        if (number.isEmpty()) {
            throw ApiException.invalidParameters(name + " must be a media id.");
        }
        return number;
    }

    /** Unix seconds. */
    public Optional<Instant> timestamp(String name) {
        OptionalLong seconds = number(name);
        if (seconds.isPresent() && (seconds.getAsLong() < 0 || seconds.getAsLong() > 253_402_300_799L)) {
            throw ApiException.invalidParameters(name + " must be in unix seconds.");
        }
        return seconds.isPresent() ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong())) : Optional.empty();
    }

    /** Decimal degrees from {@code -limit} to {@code limit}. */
    public OptionalDouble degrees(String name, int limit) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!DECIMAL.matcher(text.get()).matches() || Math.abs(Double.parseDouble(text.get())) > limit) {
            throw ApiException.invalidParameters(
                    name + " must be decimal degrees from -" + limit + " to " + limit + ".");
        }
        return OptionalDouble.of(Double.parseDouble(text.get()));
    }

    /** The parameters of the query in the order they were sent. */
    Map<String, String> query() {
        return query;
    }
}
