package dev.darkroom.api.photos;

import dev.darkroom.api.wire.CalledUrl;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Makes the absolute addresses of renditions: on the public base URL if there is one, else on the origin the client called. */
public final class PhotoAddresses {

    private final @Nullable String publicBase;

    /** @param publicBaseUrl what stands before {@code photos/…} for readers, a CDN's address for one; null for none */
    public PhotoAddresses(@Nullable URI publicBaseUrl) {
        this.publicBase = publicBaseUrl == null ? null : withSlash(publicBaseUrl.toString());
    }

    /** @param objectKey of a rendition, such as {@code photos/0007/0123456789abcdef0123456789abcdef_7.jpg} */
    public String of(String objectKey, CalledUrl called) {
        return (publicBase == null ? called.origin() + "/" : publicBase) + objectKey;
    }

    private static String withSlash(String url) {
        return url.endsWith("/") ? url : url + "/";
    }
}
