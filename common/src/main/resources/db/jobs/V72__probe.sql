-- One row a job type. job_id: the probe that is out, a row of jobs.job; null when the last one was answered. wait: from
-- asking to the answer, of the last one that was answered.
CREATE TABLE jobs.probe (
  type        text COLLATE "C" PRIMARY KEY,
  job_id      bigint,
  asked_at    timestamptz NOT NULL,
  answered_at timestamptz,
  wait        interval
) WITH (fillfactor = 50);
CREATE INDEX probe_out ON jobs.probe (job_id) WHERE job_id IS NOT NULL;
