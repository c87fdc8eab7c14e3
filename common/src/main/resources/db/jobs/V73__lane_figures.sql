-- What a process did of those lanes that did or failed most, in its last minute (LaneCodec.java); null for none.
ALTER TABLE jobs.worker_count ADD COLUMN lanes bytea;
-- Lanes that wait longest, and those with most in flight: [{"lane", "oldest_wait_seconds", "in_flight"}]; null for none.
ALTER TABLE jobs.type_state ADD COLUMN lanes jsonb;

-- Written every second: a row of some kilobytes stays whole, in its page.
ALTER TABLE jobs.worker_count SET (toast_tuple_target = 8160);
ALTER TABLE jobs.type_state SET (toast_tuple_target = 8160);
