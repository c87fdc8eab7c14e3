package dev.darkroom.users;

import dev.darkroom.jobs.Job;

/** Finish or undo the sign-ups that stopped half-way. */
public record FinishSignUps() implements Job {}
