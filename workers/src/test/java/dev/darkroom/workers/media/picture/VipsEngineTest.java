package dev.darkroom.workers.media.picture;

import dev.darkroom.config.MediaConfiguration;
import dev.darkroom.media.InstalledDecoders;
import dev.darkroom.media.PhotoLimits;
import org.junit.jupiter.api.condition.EnabledIf;

/** The engine vips, as it is configured, against the same contract; skipped where {@code vipsthumbnail} is not installed. */
@EnabledIf(value = "isInstalled", disabledReason = "vipsthumbnail is not on the PATH")
class VipsEngineTest extends PhotoEngineContract {

    static boolean isInstalled() {
        return InstalledDecoders.find().vips().isPresent();
    }

    @Override
    PhotoEngine engine(PhotoLimits limits) {
        return PhotoEngines.open(
                limits, new MediaConfiguration(MediaConfiguration.VIPS, null), InstalledDecoders.find());
    }
}
