package dev.darkroom.api.wire;

import dev.darkroom.api.error.ApiException;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Reads multipart bodies with the servlet container's parser, which streams parts to temporary files and stops at the
 * limits. Thread-safe. {@link RemoveUploads} deletes the files when the answer is made, whatever the answer is.
 */
public final class MultipartBody {

    private final UploadLimits limits;
    private final MultipartRefusal refusal;

    public MultipartBody(UploadLimits limits) {
        this.limits = limits;
        this.refusal = new MultipartRefusal(limits);
    }

    /** All parts, each within the limits; files lie on disk. */
    List<UploadedFile> read(HttpServletRequest request) {
        if (request.getContentLengthLong() > limits.largestRequest()) {
            throw refusal.ofLargeBody();
        }
        request.setAttribute(
                ServletContextRequest.MULTIPART_CONFIG_ELEMENT,
                new MultipartConfigElement(
                        limits.folder().toString(),
                        limits.largestFile(),
                        limits.largestRequest(),
                        UploadLimits.MEMORY_THRESHOLD));
        try {
            return request.getParts().stream()
                    .map(part -> new UploadedFile(part, limits.folder()))
                    .toList();
        } catch (ServletException | IOException | IllegalStateException e) {
            throw refusal.of(e);
        }
    }

    /** The text of a field. */
    String text(UploadedFile field) {
        if (field.size() > UploadLimits.LARGEST_FIELD) {
            throw ApiException.invalidParameters(
                    "A text field is larger than " + UploadLimits.LARGEST_FIELD + " bytes.");
        }
        try (InputStream content = field.open()) {
            return FormText.utf8(content.readAllBytes());
        } catch (IOException e) {
            throw refusal.of(e);
        }
    }
}
