package dev.darkroom.api.error;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers everything nobody foresaw: 503 when a part of ours is away, 4xx when Jetty cannot read what the client sends, else
 * 500. The log gets the failure, the client a sentence without internals.
 */
public final class FailureMapper implements ExceptionMapper<Throwable> {

    static final String MESSAGE = "Something failed on our side; the request may be repeated.";

    private static final String TOO_SLOW = "The request came too slowly and was not read to its end; please repeat it.";

    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        if (PartAway.isCauseOf(failure)) {
            LOG.warn("A part is away, the client gets 503: {}", PartAway.describe(failure));
            return ErrorBody.response(
                    ErrorType.UNAVAILABLE, "A part of the service is away at the moment; please repeat the request.");
        }
        if (failure instanceof HttpException unread && unread.getCode() < 500) {
            LOG.info("The body of a request could not be read: {}", failure.getMessage());
            return unread.getCode() == HttpStatus.REQUEST_TIMEOUT_408
                    ? ErrorBody.response(ErrorType.TOO_SLOW, TOO_SLOW)
                    : ErrorBody.response(ErrorType.INVALID_PARAMETERS, "The body of the request cannot be read.");
        }
        LOG.error("A request failed unexpectedly; the client gets 500", failure);
        return ErrorBody.response(ErrorType.FAILED, MESSAGE);
    }
}
