package dev.darkroom.workers.media.picture;

import dev.darkroom.media.Rendition;
import java.util.Map;

/** What became of rendering a photo. */
public sealed interface RenderResult {

    /** @param pictures a JPEG file for every rendition */
    record Rendered(Map<Rendition, byte[]> pictures) implements RenderResult {

        public Rendered {
            pictures = Map.copyOf(pictures);
        }
    }

    /** @param reason what is wrong and what to do, for the person who sent the photo */
    record Unrenderable(String reason) implements RenderResult {}
}
