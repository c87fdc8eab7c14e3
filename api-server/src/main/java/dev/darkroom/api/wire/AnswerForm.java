package dev.darkroom.api.wire;

import dev.darkroom.api.error.ErrorBody;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;

/** Gives every answer its form: the envelope around errors outside OAuth, the content type, and no guessing of types. */
public final class AnswerForm implements ContainerResponseFilter {

    static final String JSON = "application/json; charset=utf-8";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        CalledUrl called = CalledUrl.of(request);
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("X-Content-Type-Options", "nosniff");
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            // The framework says in the body once more, as text, what the Allow header says.
            response.setEntity(null);
        }
        if (response.getEntity() instanceof ErrorBody error && !called.isOAuth()) {
            response.setEntity(new ErrorBody.Envelope(error));
        }
        if (response.hasEntity() && (called.isApi() || called.isOAuth() || isError(response))) {
            headers.putSingle(
                    HttpHeaders.CONTENT_TYPE, JsonpCallback.isWanted(request) ? JsonpCallback.CONTENT_TYPE : JSON);
            headers.putSingle(HttpHeaders.CACHE_CONTROL, "private, no-store");
        }
    }

    private static boolean isError(ContainerResponseContext response) {
        return response.getEntity() instanceof ErrorBody.Envelope;
    }
}
