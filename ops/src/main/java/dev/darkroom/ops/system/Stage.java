package dev.darkroom.ops.system;

/** When a part is started; stopping takes the reverse order, so that whoever writes ends before what is written to. */
enum Stage {
    STORES,
    JOB_SERVER,
    RELAY,
    WORKERS,
    API
}
