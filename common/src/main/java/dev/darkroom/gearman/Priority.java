package dev.darkroom.gearman;

/** The three queues of a job server: a high job goes before any normal one, a normal one before any low one. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW
}
