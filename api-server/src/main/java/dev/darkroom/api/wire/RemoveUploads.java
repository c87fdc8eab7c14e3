package dev.darkroom.api.wire;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the temporary files of a multipart body once the answer is decided, also when it is an error. */
public final class RemoveUploads implements ContainerResponseFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RemoveUploads.class);

    static void afterAnswer(ContainerRequestContext request, List<UploadedFile> uploads) {
        request.setProperty(RemoveUploads.class.getName(), uploads);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(RemoveUploads.class.getName()) instanceof List<?> uploads) {
            for (Object upload : uploads) {
                remove((UploadedFile) upload);
            }
        }
    }

    private static void remove(UploadedFile upload) {
        try {
            upload.remove();
        } catch (IOException e) {
            LOG.warn("A temporary file of an upload stays behind until a later start removes it: {}", e.toString());
        }
    }
}
