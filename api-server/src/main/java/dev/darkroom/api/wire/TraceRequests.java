package dev.darkroom.api.wire;

import dev.darkroom.telemetry.TraceContext;
import dev.darkroom.telemetry.TraceScope;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Goes on with the trace that a client's {@code traceparent} names, and begins one for a part of the other requests. What
 * those requests enqueue carries it. Thread-safe if the generator is.
 */
public final class TraceRequests implements Filter {

    private final double sampling;
    private final RandomGenerator random;

    /** @param sampling the part of requests without a trace that get one, from 0 to 1 */
    public TraceRequests(double sampling, RandomGenerator random) {
        this.sampling = sampling;
        this.random = random;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<TraceContext> trace = trace(request);
        if (trace.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        try (TraceScope scope = TraceScope.open(trace.get())) {
            chain.doFilter(request, response);
        }
    }

    private Optional<TraceContext> trace(ServletRequest request) {
        Optional<TraceContext> clients = request instanceof HttpServletRequest http
                ? TraceContext.parse(http.getHeader("traceparent")).map(TraceContext::next)
                : Optional.empty();
        if (clients.isEmpty() && sampling > 0 && random.nextDouble() < sampling) {
            return Optional.of(TraceContext.begin());
        }
        return clients;
    }
}
