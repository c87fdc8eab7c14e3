-- Lanes of jobs due later are found by skipping through this index when more are due than are moved at once.
CREATE INDEX later_job_lane ON jobs.later_job (type, lane, run_at);

-- How long, in seconds, the oldest job that has not been handed out has been due in the lane that is served worst.
ALTER TABLE jobs.type_state ADD COLUMN worst_lane_wait double precision NOT NULL DEFAULT 0;
ALTER TABLE jobs.type_state ADD COLUMN worst_lane text;
