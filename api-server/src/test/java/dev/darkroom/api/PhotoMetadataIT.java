package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.api.ApiExtension.Account;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a camera notes in a photo is told to nobody but its owner, and only when asked. */
class PhotoMetadataIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    private static final byte[] PHOTO = withPlace(Photos.jpeg(90, 60));

    private final Account ana = API.account();
    private final ApiClient client = API.client();

    @Test
    void the_place_of_the_camera_is_a_suggestion_to_who_asks() {
        Answer posted = post(new Multipart().field("suggest_location", "true"));

        assertThat(posted.body()).contains("suggested_location");
        JsonNode suggested = posted.data().path("suggested_location");
        assertThat(suggested.path("latitude").asDouble()).isCloseTo(59.5, within(1e-9));
        assertThat(suggested.path("longitude").asDouble()).isCloseTo(-10.25, within(1e-9));
        assertThat(posted.data().path("location").isNull()).isTrue();
        Answer read = client.get("/v1/media/" + posted.data().path("id").asText() + "?" + ana.auth());
        assertThat(read.data().path("location").isNull()).isTrue();
        assertThat(read.data().has("suggested_location")).isFalse();
    }

    @Test
    void who_does_not_ask_or_says_the_place_is_told_nothing() {
        assertThat(post(new Multipart()).body()).doesNotContain("suggested", "59.5");
        assertThat(post(new Multipart().field("suggest_location", "false")).body())
                .doesNotContain("suggested", "59.5");
        Answer placed = post(new Multipart()
                .field("suggest_location", "true")
                .field("lat", "1")
                .field("lng", "2"));
        assertThat(placed.data().path("location").path("latitude").asDouble()).isOne();
        assertThat(placed.data().has("suggested_location")).isFalse();
        assertThat(post(new Multipart().field("suggest_location", "maybe")).errorMessage())
                .contains("true or false");
    }

    private Answer post(Multipart body) {
        return client.post("/v1/media?" + ana.auth(), body.photo(PHOTO));
    }

    /** EXIF with a GPS directory: 59° 30' north, 10° 15' west. */
    private static byte[] withPlace(byte[] jpeg) {
        byte[] exif = ByteBuffer.allocate(6 + 8 + 18 + 54 + 48)
                .put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .put(entry(0x8825, 4, 1, 26))
                .putInt(0)
                .putShort((short) 4)
                .put(entry(1, 2, 2, 'N' << 24))
                .put(entry(2, 5, 3, 80))
                .put(entry(3, 2, 2, 'W' << 24))
                .put(entry(4, 5, 3, 104))
                .putInt(0)
                .put(degrees(59, 30))
                .put(degrees(10, 15))
                .array();
        return ByteBuffer.allocate(jpeg.length + 4 + exif.length)
                .put(jpeg, 0, 2)
                .putShort((short) 0xFFE1)
                .putShort((short) (exif.length + 2))
                .put(exif)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static byte[] entry(int tag, int type, int count, int value) {
        return ByteBuffer.allocate(12)
                .putShort((short) tag)
                .putShort((short) type)
                .putInt(count)
                .putInt(value)
                .array();
    }

    private static byte[] degrees(int degrees, int minutes) {
        return ByteBuffer.allocate(24)
                .putInt(degrees)
                .putInt(1)
                .putInt(minutes)
                .putInt(1)
                .putInt(0)
                .putInt(1)
                .array();
    }
}
