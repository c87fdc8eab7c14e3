package dev.darkroom.api.error;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers everything nobody foresaw: 503 when a part of ours is away, else 500. The log gets the failure, the client a
 * sentence without internals.
 */
public final class FailureMapper implements ExceptionMapper<Throwable> {

    static final String MESSAGE = "Something failed on our side; the request may be repeated.";

    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        if (PartAway.isCauseOf(failure)) {
            LOG.warn("A part is away, the client gets 503: {}", PartAway.describe(failure));
            return ErrorBody.response(
                    ErrorType.UNAVAILABLE, "A part of the service is away at the moment; please repeat the request.");
        }
        LOG.error("A request failed unexpectedly; the client gets 500", failure);
        return ErrorBody.response(ErrorType.FAILED, MESSAGE);
    }
}
