package dev.darkroom.api.error;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.ws.rs.core.Response;

/** What an error says. On the wire it stands bare below {@code /oauth} and as {@code meta} of an envelope elsewhere. */
@JsonNaming(SnakeCaseStrategy.class)
public record ErrorBody(int code, String errorType, String errorMessage) {

    /** The error inside the envelope; there is no {@code data} key. */
    public record Envelope(ErrorBody meta) {}

    static Response response(ErrorType type, String message) {
        return Response.status(type.status())
                .entity(new ErrorBody(type.status(), type.wireName(), message))
                .build();
    }
}
