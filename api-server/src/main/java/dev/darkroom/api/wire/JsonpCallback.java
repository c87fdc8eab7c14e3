package dev.darkroom.api.wire;

import dev.darkroom.api.error.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Wraps an answer of the API as {@code name({…});} when the query has {@code callback=name}. */
public final class JsonpCallback implements WriterInterceptor {

    static final String CONTENT_TYPE = "text/javascript; charset=utf-8";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.$\\[\\]]{1,128}");

    /** Refuses a name that could be more than a name: the answer is a script in somebody's page. */
    static void check(ContainerRequestContext request) {
        Optional<String> name = RequestParameters.of(request).text("callback");
        if (name.isEmpty() || !CalledUrl.of(request).isApi()) {
            return;
        }
        if (!NAME.matcher(name.get()).matches()) {
            throw ApiException.invalidParameters("callback must be a name of letters, digits and _ . $ [ ].");
        }
        request.setProperty(JsonpCallback.class.getName(), name.get());
    }

    static boolean isWanted(ContainerRequestContext request) {
        return request.getProperty(JsonpCallback.class.getName()) != null;
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext answer) throws IOException {
        if (!(answer.getProperty(JsonpCallback.class.getName()) instanceof String name)) {
            answer.proceed();
            return;
        }
        OutputStream output = answer.getOutputStream();
        output.write((name + "(").getBytes(StandardCharsets.US_ASCII));
        answer.proceed();
        output.write(");".getBytes(StandardCharsets.US_ASCII));
    }
}
