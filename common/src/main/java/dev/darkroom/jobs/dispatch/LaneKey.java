package dev.darkroom.jobs.dispatch;

/** A lane of one priority of a job type. */
record LaneKey(short priority, String lane) {

    /**
     * Written out, as is {@link #hashCode}: both are asked for with each job, and what a record gets is slow without the JVM's
     * full compiler.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof LaneKey key && key.priority == priority && key.lane.equals(lane);
    }

    @Override
    public int hashCode() {
        return 31 * lane.hashCode() + priority;
    }
}
