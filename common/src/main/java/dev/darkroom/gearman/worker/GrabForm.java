package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.protocol.PacketType;

/** How a worker asks for a job, and so how much it is told about it. */
public enum GrabForm {
    /** Handle, function and payload; the oldest form, which every job server knows. */
    GRAB_JOB(PacketType.GRAB_JOB),
    /** The unique key too. */
    GRAB_JOB_UNIQ(PacketType.GRAB_JOB_UNIQ),
    /** The unique key, and the reducer of a job submitted with SUBMIT_REDUCE_JOB. */
    GRAB_JOB_ALL(PacketType.GRAB_JOB_ALL);

    private final PacketType request;

    GrabForm(PacketType request) {
        this.request = request;
    }

    PacketType request() {
        return request;
    }
}
