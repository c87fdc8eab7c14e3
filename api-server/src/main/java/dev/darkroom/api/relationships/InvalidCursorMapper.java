package dev.darkroom.api.relationships;

import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.error.ApiExceptionMapper;
import dev.darkroom.follows.InvalidCursorException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers a cursor that is none of ours. */
public final class InvalidCursorMapper implements ExceptionMapper<InvalidCursorException> {

    private final ApiExceptionMapper errors = new ApiExceptionMapper();

    @Override
    public Response toResponse(InvalidCursorException exception) {
        return errors.toResponse(ApiException.invalidParameters("cursor is not one that a page came with."));
    }
}
