package dev.darkroom.jobs;

/** How urgent a job is among those of its type. Every priority gets at least a twentieth of what goes out. */
public enum Priority {
    HIGH(0),
    NORMAL(1),
    LOW(2);

    private static final Priority[] BY_CODE = values();

    private final short code;

    Priority(int code) {
        this.code = (short) code;
    }

    /** As the ledger stores it: 0 is the most urgent. */
    public short code() {
        return code;
    }

    public static Priority ofCode(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("No priority has the code " + code);
        }
        return BY_CODE[code];
    }
}
