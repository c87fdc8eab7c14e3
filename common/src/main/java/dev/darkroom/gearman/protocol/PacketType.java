package dev.darkroom.gearman.protocol;

import dev.darkroom.gearman.Priority;
import org.jspecify.annotations.Nullable;

/**
 * Every packet type of the Gearman protocol with its number, how many arguments it carries and whether a payload
 * follows them. Source: the file PROTOCOL of gearmand 1.1.
 */
public enum PacketType {
    CAN_DO(1, 1, false, Use.REQUEST),
    CANT_DO(2, 1, false, Use.REQUEST),
    RESET_ABILITIES(3, 0, false, Use.REQUEST),
    PRE_SLEEP(4, 0, false, Use.REQUEST),
    NOOP(6, 0, false, Use.RESPONSE),
    SUBMIT_JOB(7, 2, true, Use.REQUEST),
    JOB_CREATED(8, 1, false, Use.RESPONSE),
    GRAB_JOB(9, 0, false, Use.REQUEST),
    NO_JOB(10, 0, false, Use.RESPONSE),
    JOB_ASSIGN(11, 2, true, Use.RESPONSE),
    WORK_STATUS(12, 3, false, Use.BOTH),
    WORK_COMPLETE(13, 1, true, Use.BOTH),
    WORK_FAIL(14, 1, false, Use.BOTH),
    GET_STATUS(15, 1, false, Use.REQUEST),
    ECHO_REQ(16, 0, true, Use.REQUEST),
    ECHO_RES(17, 0, true, Use.RESPONSE),
    SUBMIT_JOB_BG(18, 2, true, Use.REQUEST),
    ERROR(19, 2, false, Use.RESPONSE),
    STATUS_RES(20, 5, false, Use.RESPONSE),
    SUBMIT_JOB_HIGH(21, 2, true, Use.REQUEST),
    SET_CLIENT_ID(22, 1, false, Use.REQUEST),
    CAN_DO_TIMEOUT(23, 2, false, Use.REQUEST),
    ALL_YOURS(24, 0, false, Use.REQUEST),
    WORK_EXCEPTION(25, 1, true, Use.BOTH),
    OPTION_REQ(26, 1, false, Use.REQUEST),
    OPTION_RES(27, 1, false, Use.RESPONSE),
    WORK_DATA(28, 1, true, Use.BOTH),
    WORK_WARNING(29, 1, true, Use.BOTH),
    GRAB_JOB_UNIQ(30, 0, false, Use.REQUEST),
    JOB_ASSIGN_UNIQ(31, 3, true, Use.RESPONSE),
    SUBMIT_JOB_HIGH_BG(32, 2, true, Use.REQUEST),
    SUBMIT_JOB_LOW(33, 2, true, Use.REQUEST),
    SUBMIT_JOB_LOW_BG(34, 2, true, Use.REQUEST),
    SUBMIT_JOB_SCHED(35, 7, true, Use.REQUEST),
    SUBMIT_JOB_EPOCH(36, 3, true, Use.REQUEST),
    SUBMIT_REDUCE_JOB(37, 4, true, Use.REQUEST),
    SUBMIT_REDUCE_JOB_BACKGROUND(38, 4, true, Use.REQUEST),
    GRAB_JOB_ALL(39, 0, false, Use.REQUEST),
    JOB_ASSIGN_ALL(40, 4, true, Use.RESPONSE),
    GET_STATUS_UNIQUE(41, 1, false, Use.REQUEST),
    STATUS_RES_UNIQUE(42, 6, false, Use.RESPONSE);

    private static final PacketType[] BY_NUMBER = byNumber();

    private final int number;
    private final int argumentCount;
    private final boolean payload;
    private final Use use;

    PacketType(int number, int argumentCount, boolean payload, Use use) {
        this.number = number;
        this.argumentCount = argumentCount;
        this.payload = payload;
        this.use = use;
    }

    /** The type with this number on the wire, or null where the protocol knows none. */
    public static @Nullable PacketType of(int number) {
        return number < 0 || number >= BY_NUMBER.length ? null : BY_NUMBER[number];
    }

    /** The type that submits a job of this priority to be done at once and waits for its result. */
    public static PacketType foreground(Priority priority) {
        return switch (priority) {
            case HIGH -> SUBMIT_JOB_HIGH;
            case NORMAL -> SUBMIT_JOB;
            case LOW -> SUBMIT_JOB_LOW;
        };
    }

    /** The type that submits a job of this priority and does not wait for its result. */
    public static PacketType background(Priority priority) {
        return switch (priority) {
            case HIGH -> SUBMIT_JOB_HIGH_BG;
            case NORMAL -> SUBMIT_JOB_BG;
            case LOW -> SUBMIT_JOB_LOW_BG;
        };
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** How many arguments come before the payload. */
    public int argumentCount() {
        return argumentCount;
    }

    /** Whether opaque bytes follow the arguments; without a payload the last argument ends with the packet. */
    public boolean hasPayload() {
        return payload;
    }

    /** Whether a packet of this type may travel with this magic. */
    public boolean travelsAs(Magic magic) {
        return use == Use.BOTH || (magic == Magic.REQUEST) == (use == Use.REQUEST);
    }

    private static PacketType[] byNumber() {
        PacketType[] types = new PacketType[43];
        for (PacketType type : values()) {
            types[type.number] = type;
        }
        return types;
    }

    private enum Use {
        REQUEST,
        RESPONSE,
        BOTH
    }
}
