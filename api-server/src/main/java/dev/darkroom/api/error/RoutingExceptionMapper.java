package dev.darkroom.api.error;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what the HTTP framework refuses by itself: unknown paths, wrong methods, requests it cannot read. */
public final class RoutingExceptionMapper implements ExceptionMapper<WebApplicationException> {

    private static final Logger LOG = LoggerFactory.getLogger(RoutingExceptionMapper.class);

    @Override
    public Response toResponse(WebApplicationException exception) {
        Response response = exception.getResponse();
        if (exception instanceof NotFoundException) {
            return ErrorBody.response(ErrorType.NOT_FOUND, "this path does not exist");
        }
        if (exception instanceof NotAllowedException) {
            String allowed = String.valueOf(response.getHeaderString(HttpHeaders.ALLOW));
            Response answer = ErrorBody.response(
                    ErrorType.REFUSED, "This method is not allowed here; the path answers " + allowed + ".");
            return Response.fromResponse(answer)
                    .header(HttpHeaders.ALLOW, allowed)
                    .build();
        }
        if (response.getStatus() >= 500) {
            LOG.error("The framework failed with status {}; the client gets 500", response.getStatus(), exception);
            return ErrorBody.response(ErrorType.FAILED, FailureMapper.MESSAGE);
        }
        if (response.getStatus() >= 400) {
            return ErrorBody.response(ErrorType.REFUSED, "The request could not be read.");
        }
        return response;
    }
}
