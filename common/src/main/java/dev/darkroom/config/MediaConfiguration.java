package dev.darkroom.config;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How photos are decoded. May be left out.
 *
 * @param engine {@code java}, the default: the decoders of the JDK, but vipsthumbnail, if installed, for large WebP; {@code vips}: the program vipsthumbnail, which must be
 *     installed beside the workers, for JPEG and WebP; {@code auto}: vipsthumbnail where it is installed and much faster, for WebP and
 *     progressive JPEG
 * @param heic whether HEIC photos are taken; if left out, each process looks whether a decoder is installed beside it: say
 *     it where the API and the workers do not run on the same machine
 */
public record MediaConfiguration(
        @Pattern(regexp = JAVA + "|" + VIPS + "|" + AUTO, message = "choose the engine: java, vips or auto") @Nullable
        String engine,

        @Nullable Boolean heic) {

    public static final String JAVA = "java";
    public static final String VIPS = "vips";
    public static final String AUTO = "auto";

    public static final MediaConfiguration DEFAULT = new MediaConfiguration(null, null);

    /** One of the three. */
    public String engineOrDefault() {
        return engine == null ? JAVA : engine;
    }

    /** @param found whether a decoder is installed here */
    public boolean heicIfSetOr(boolean found) {
        return heic == null ? found : heic;
    }
}
