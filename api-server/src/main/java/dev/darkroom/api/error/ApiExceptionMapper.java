package dev.darkroom.api.error;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers the errors that resources and filters throw on purpose. */
public final class ApiExceptionMapper implements ExceptionMapper<ApiException> {

    @Override
    public Response toResponse(ApiException exception) {
        return ErrorBody.response(exception.type(), String.valueOf(exception.getMessage()));
    }
}
