package dev.darkroom.gearman.admin;

/**
 * How many jobs of a function wait, by priority; those that are not due yet count, those that run do not.
 *
 * @param high jobs of high priority that wait
 * @param normal jobs of normal priority that wait
 * @param low jobs of low priority that wait
 * @param availableWorkers announcements of the function by connections
 */
public record PriorityStatus(long high, long normal, long low, long availableWorkers) {}
