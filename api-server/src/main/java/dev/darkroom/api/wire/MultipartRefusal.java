package dev.darkroom.api.wire;

import dev.darkroom.api.error.ApiException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why a multipart body was not taken. Jetty's parser tells its limits apart by message alone (MultiPartFormData and
 * MultiPart of 12.1), so the messages are what is looked at; an unknown one reads as a malformed body.
 */
final class MultipartRefusal {

    private static final Logger LOG = LoggerFactory.getLogger(MultipartRefusal.class);

    private final UploadLimits limits;

    MultipartRefusal(UploadLimits limits) {
        this.limits = limits;
    }

    ApiException of(Exception failure) {
        Throwable cause = deepest(failure);
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (isOurDisk(cause, message)) {
            LOG.error("An upload could not be written below {}; the client gets 503", limits.folder(), failure);
            return ApiException.unavailable("The upload could not be stored at the moment; please repeat the request.");
        }
        if (message.contains("file size exceeded")) {
            return ApiException.invalidParameters("The file is larger than " + limits.largestFile() + " bytes.");
        }
        if (message.contains("max length exceeded") && !message.contains("headers")) {
            return ofLargeBody();
        }
        if (message.contains("too many")) {
            return ApiException.invalidParameters("The multipart body has more than " + limits.mostParts() + " parts.");
        }
        if (message.contains("form is larger")) {
            return ApiException.invalidParameters("The text fields together are too large.");
        }
        if (cause instanceof EOFException) {
            return ApiException.invalidParameters("The multipart body ended early.");
        }
        return ApiException.invalidParameters("The multipart body could not be read.");
    }

    ApiException ofLargeBody() {
        return ApiException.invalidParameters("The request is larger than " + limits.largestRequest() + " bytes.");
    }

    private static boolean isOurDisk(Throwable cause, String message) {
        return cause instanceof FileSystemException
                || (cause instanceof IOException && (message.contains("no space") || message.contains("quota")));
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        @Nullable Throwable next = failure.getCause();
        for (int depth = 0; next != null && depth < 10; depth++) {
            deepest = next;
            next = next.getCause();
        }
        return deepest;
    }
}
