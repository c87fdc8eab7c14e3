package dev.darkroom.gearman.protocol;

/** The direction of a packet: its first four bytes. */
public enum Magic {
    /** To a job server: {@code \0REQ}. */
    REQUEST(0x00524551),
    /** From a job server: {@code \0RES}. */
    RESPONSE(0x00524553);

    private final int code;

    Magic(int code) {
        this.code = code;
    }

    /** The four bytes as a big-endian number. */
    public int code() {
        return code;
    }
}
