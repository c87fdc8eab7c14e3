package dev.darkroom.gearman;

/** The three queues of a job server: a high job goes before any normal one, a normal one before any low one. */
public enum Priority {
    HIGH(PacketType.SUBMIT_JOB_HIGH, PacketType.SUBMIT_JOB_HIGH_BG),
    NORMAL(PacketType.SUBMIT_JOB, PacketType.SUBMIT_JOB_BG),
    LOW(PacketType.SUBMIT_JOB_LOW, PacketType.SUBMIT_JOB_LOW_BG);

    private final PacketType foreground;
    private final PacketType background;

    Priority(PacketType foreground, PacketType background) {
        this.foreground = foreground;
        this.background = background;
    }

    /** The packet that submits a job of this priority and waits for its result. */
    public PacketType foreground() {
        return foreground;
    }

    /** The packet that submits a job of this priority without waiting for its result. */
    public PacketType background() {
        return background;
    }
}
