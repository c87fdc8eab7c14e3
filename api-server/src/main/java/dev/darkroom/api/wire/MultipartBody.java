package dev.darkroom.api.wire;

import dev.darkroom.api.error.ApiException;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads multipart bodies with the servlet container's parser, which streams parts to temporary files and stops at the
 * limits. Thread-safe. {@link RemoveUploads} deletes the files when the answer is made, whatever the answer is.
 */
public final class MultipartBody {

    private static final Logger LOG = LoggerFactory.getLogger(MultipartBody.class);

    private final UploadLimits limits;
    private final MultipartRefusal refusal;

    public MultipartBody(UploadLimits limits) {
        this.limits = limits;
        this.refusal = new MultipartRefusal(limits);
    }

    /** All parts; those that are not small lie on disk. The request as a whole is within its limits. */
    List<UploadedFile> read(HttpServletRequest request) {
        if (request.getContentLengthLong() > limits.largestRequest()) {
            discardRest(request);
            throw refusal.ofLargeBody();
        }
        try {
            return parts(request);
        } catch (ServletException | IOException | IllegalStateException e) {
            discardRest(request);
            throw refusal.of(e);
        }
    }

    private List<UploadedFile> parts(HttpServletRequest request) throws ServletException, IOException {
        // The limit of a part is checked afterwards: the parser would stop in the middle of the body.
        request.setAttribute(
                ServletContextRequest.MULTIPART_CONFIG_ELEMENT,
                new MultipartConfigElement(
                        limits.folder().toString(), -1, limits.largestRequest(), UploadLimits.MEMORY_THRESHOLD));
        return request.getParts().stream()
                .map(part -> new UploadedFile(part, limits.folder()))
                .toList();
    }

    /** Lets a client finish sending, so that it reads why it was refused; a connection closed earlier looks broken to it. */
    private static void discardRest(HttpServletRequest request) {
        try (InputStream rest = request.getInputStream()) {
            rest.skipNBytes(UploadLimits.DISCARDED);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("The rest of a refused body was not read: {}", e.toString());
        }
    }

    UploadedFile file(UploadedFile part) {
        if (part.size() > limits.largestFile()) {
            throw refusal.ofLargeFile();
        }
        return part;
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
