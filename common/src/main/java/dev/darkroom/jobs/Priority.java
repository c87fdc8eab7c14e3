package dev.darkroom.jobs;

/** How urgent a job is among those of its type. Every priority gets at least a twentieth of what goes out. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    private static final Priority[] BY_CODE = values();

    /** As the ledger stores it: 0 is the most urgent. */
    public short code() {
        return (short) ordinal();
    }

    public static Priority ofCode(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("No priority has the code " + code);
        }
        return BY_CODE[code];
    }
}
