package dev.darkroom.api.wire;

import dev.darkroom.api.error.ApiException;
import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a form or multipart body into {@link RequestParameters}, within limits that hold before memory is taken. A POST with
 * {@code _method=DELETE} or {@code PUT} then acts as that method. Bodies of other types are left alone.
 */
@PreMatching
@Priority(FilterOrder.READ_BODY)
public final class ReadBody implements ContainerRequestFilter {

    /** Largest form body; the longest honest one is a comment or a caption. */
    static final int LARGEST_FORM_BYTES = 64 * 1024;

    private static final Set<String> OVERRIDES = Set.of(HttpMethod.DELETE, HttpMethod.PUT);

    private final MultipartBody multipart;

    @Context
    private @Nullable Provider<HttpServletRequest> servletRequest;

    public ReadBody(MultipartBody multipart) {
        this.multipart = multipart;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        MediaType type = typeOf(request);
        if (type != null && hasBody(request.getMethod())) {
            if (isA(type, MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
                readForm(request);
            } else if (isA(type, MediaType.MULTIPART_FORM_DATA_TYPE) && servletRequest != null) {
                readParts(request, servletRequest.get());
            }
        }
        overrideMethod(request);
    }

    private static boolean hasBody(String method) {
        return method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT) || method.equals(HttpMethod.DELETE);
    }

    private static @Nullable MediaType typeOf(ContainerRequestContext request) {
        try {
            return request.getMediaType();
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidParameters("The Content-Type header cannot be read.");
        }
    }

    /** By name alone: the parameters (charset, boundary) differ. */
    private static boolean isA(MediaType type, MediaType wanted) {
        return type.getType().equalsIgnoreCase(wanted.getType())
                && type.getSubtype().equalsIgnoreCase(wanted.getSubtype());
    }

    private static void readForm(ContainerRequestContext request) throws IOException {
        byte[] body = request.getEntityStream().readNBytes(LARGEST_FORM_BYTES + 1);
        if (body.length > LARGEST_FORM_BYTES) {
            throw ApiException.invalidParameters("The form is larger than " + LARGEST_FORM_BYTES + " bytes.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        FormText.readInto(values, FormText.utf8(body));
        new RequestParameters(RequestParameters.of(request).query(), values, Map.of()).remember(request);
    }

    private void readParts(ContainerRequestContext request, HttpServletRequest servlet) {
        List<UploadedFile> uploads = multipart.read(servlet);
        RemoveUploads.afterAnswer(request, uploads);
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, UploadedFile> files = new LinkedHashMap<>();
        for (UploadedFile upload : uploads) {
            if (upload.isFile()) {
                files.put(upload.name(), upload);
            } else {
                values.put(upload.name(), multipart.text(upload));
            }
        }
        new RequestParameters(RequestParameters.of(request).query(), values, files).remember(request);
    }

    private static void overrideMethod(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.POST)) {
            RequestParameters.of(request)
                    .text("_method")
                    .filter(OVERRIDES::contains)
                    .ifPresent(request::setMethod);
        }
    }
}
