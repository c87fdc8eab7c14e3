package dev.darkroom.api;

import dev.darkroom.api.access.Admission;
import dev.darkroom.api.access.AdmitByBody;
import dev.darkroom.api.access.AdmitByQuery;
import dev.darkroom.api.access.Callers;
import dev.darkroom.api.access.RequireCaller;
import dev.darkroom.api.limit.RateLimit;
import dev.darkroom.api.limit.RateLimitHeaders;
import io.dropwizard.jersey.setup.JerseyEnvironment;

/** Registers who may call, and how often. */
final class AccessWiring {

    private AccessWiring() {}

    static void wire(JerseyEnvironment jersey, Callers callers, RateLimit limit) {
        Admission admission = new Admission(callers, limit);
        jersey.register(new AdmitByQuery(admission));
        jersey.register(new AdmitByBody(admission));
        jersey.register(new RequireCaller());
        jersey.register(new RateLimitHeaders(limit));
    }
}
