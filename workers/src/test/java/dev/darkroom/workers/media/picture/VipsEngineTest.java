package dev.darkroom.workers.media.picture;

import dev.darkroom.media.InstalledDecoders;
import dev.darkroom.media.PhotoLimits;
import org.junit.jupiter.api.condition.EnabledIf;

/** libvips against the same contract; skipped where {@code vipsthumbnail} is not installed. */
@EnabledIf(value = "isInstalled", disabledReason = "vipsthumbnail is not on the PATH")
class VipsEngineTest extends PhotoEngineContract {

    static boolean isInstalled() {
        return InstalledDecoders.find().vips().isPresent();
    }

    @Override
    PhotoEngine engine(PhotoLimits limits) {
        return new VipsEngine(InstalledDecoders.find().vips().orElseThrow(), limits);
    }
}
