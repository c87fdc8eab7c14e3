-- What a process did in its last minute: jobs done a second, and how long jobs had waited and how long they ran, as
-- histograms of microseconds (Times.java); null for none.
ALTER TABLE jobs.worker_count
  ADD COLUMN done_per_second double precision NOT NULL DEFAULT 0,
  ADD COLUMN waits     bytea,
  ADD COLUMN run_times bytea;
