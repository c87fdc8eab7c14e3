package dev.darkroom.api.photos;

import dev.darkroom.media.PhotoAddress;
import dev.darkroom.media.PhotoStorage;
import dev.darkroom.media.StoredObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code GET /photos/…}: renditions, for readers or for the content delivery network before them. What does not look like a
 * rendition's key is never asked for, so originals cannot be reached. The keys are secrets: who has an address may see it.
 */
@Path("/photos")
public final class PhotosResource {

    /** Object key of the picture of accounts without one: a square of 150 pixels, from the program itself. */
    public static final String NOBODY = PhotoAddress.RENDITIONS + "nobody.jpg";

    private static final Pattern RENDITION = Pattern.compile("[0-9]{4}/[0-9a-f]{32}_[567]\\.jpg");
    private static final String JPEG = "image/jpeg";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final PhotoStorage storage;

    public PhotosResource(PhotoStorage storage) {
        this.storage = storage;
    }

    @GET
    @Path("nobody.jpg")
    public Response nobody() {
        InputStream picture = PhotosResource.class.getResourceAsStream("nobody.jpg");
        return picture == null
                ? missing()
                : Response.ok(picture, JPEG)
                        .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
                        .build();
    }

    @GET
    @Path("{key: .+}")
    public Response get(@PathParam("key") String key) {
        if (!RENDITION.matcher(key).matches()) {
            return missing();
        }
        Optional<StoredObject> object = storage.open(PhotoAddress.RENDITIONS + key);
        return object.map(PhotosResource::answer).orElseGet(PhotosResource::missing);
    }

    private static Response answer(StoredObject object) {
        StreamingOutput body = output -> {
            try (object) {
                object.content().transferTo(output);
            }
        };
        return Response.ok(body, JPEG)
                .header(HttpHeaders.CONTENT_LENGTH, object.length())
                .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
                .build();
    }

    /** Not kept by caches: a rendition that is missing now may be there in a second. */
    private static Response missing() {
        return Response.status(Response.Status.NOT_FOUND)
                .type(MediaType.TEXT_PLAIN_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity("There is no such photo.\n")
                .build();
    }
}
