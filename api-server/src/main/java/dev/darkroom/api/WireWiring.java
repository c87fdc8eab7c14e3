package dev.darkroom.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.api.access.Call;
import dev.darkroom.api.error.ApiExceptionMapper;
import dev.darkroom.api.error.ErrorPages;
import dev.darkroom.api.error.FailureMapper;
import dev.darkroom.api.error.RoutingExceptionMapper;
import dev.darkroom.api.limit.RateLimit;
import dev.darkroom.api.limit.RateLimitHeaders;
import dev.darkroom.api.wire.AnswerForm;
import dev.darkroom.api.wire.CalledUrl;
import dev.darkroom.api.wire.JsonpCallback;
import dev.darkroom.api.wire.MultipartBody;
import dev.darkroom.api.wire.ReadBody;
import dev.darkroom.api.wire.ReadQuery;
import dev.darkroom.api.wire.RemoveUploads;
import dev.darkroom.api.wire.RequestParameters;
import dev.darkroom.api.wire.RequestValues;
import dev.darkroom.api.wire.RewritePath;
import dev.darkroom.api.wire.TraceRequests;
import dev.darkroom.api.wire.UploadFolder;
import dev.darkroom.api.wire.UploadLimits;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;

/** Registers how requests and answers look, which needs no other part of the system. */
final class WireWiring {

    private WireWiring() {}

    static void wire(Environment environment, UploadLimits limits) {
        environment.lifecycle().manage(new UploadFolder(limits.folder(), Clock.systemUTC()));
        environment.getApplicationContext().setMaxFormKeys(limits.mostParts());
        JerseyEnvironment jersey = environment.jersey();
        jersey.register(new RewritePath());
        jersey.register(new ReadQuery());
        jersey.register(new ReadBody(new MultipartBody(limits)));
        jersey.register(new RemoveUploads());
        jersey.register(new AnswerForm());
        jersey.register(new JsonpCallback());
        jersey.register(requestValues());
    }

    /** Before everything else, so that the log lines of a refusal show the trace too. */
    static void traces(Environment environment, double sampling) {
        environment
                .servlets()
                .addFilter("trace", new TraceRequests(sampling, new Random()))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    /** The mappers, and the same form for what fails before a resource is chosen. */
    static void errors(Environment environment, RateLimit limit) {
        environment.jersey().register(new ApiExceptionMapper());
        environment.jersey().register(new RoutingExceptionMapper());
        environment.jersey().register(new FailureMapper());
        ErrorPages pages = new ErrorPages(new ObjectMapper(), RateLimitHeaders.ofNobody(limit));
        environment.getApplicationContext().setErrorHandler(pages);
        environment.lifecycle().addServerLifecycleListener(server -> server.setErrorHandler(pages));
    }

    private static AbstractBinder requestValues() {
        RequestValues values = new RequestValues(Map.of(
                RequestParameters.class, RequestParameters::of, CalledUrl.class, CalledUrl::of, Call.class, Call::of));
        return new AbstractBinder() {
            @Override
            protected void configure() {
                bind(values).to(ValueParamProvider.class);
            }
        };
    }
}
