/**
 * The doing of replays in one physical database: a duty of its active relay, and what workers write when a replayed job is
 * settled. May use {@code jobs}, its ledger, dispatch, failures and replay.
 */
@NullMarked
package dev.darkroom.jobs.replay.work;

import org.jspecify.annotations.NullMarked;
