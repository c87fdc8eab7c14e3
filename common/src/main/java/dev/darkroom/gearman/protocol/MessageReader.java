package dev.darkroom.gearman.protocol;

import dev.darkroom.gearman.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads what a peer sends, message by message, from the bytes that have come so far. Immutable. */
public interface MessageReader {

    /**
     * The next message, or null, with the buffer untouched, as long as a part of it is missing.
     *
     * @throws ProtocolException where the bytes are none that may come this way
     */
    @Nullable
    Object read(ByteBuf in);

    /** Bytes of the message that starts here, header included, as far as they are known. */
    OptionalInt announced(ByteBuf in);
}
