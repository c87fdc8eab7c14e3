-- Which job holds a unique key. Written in the transaction that enqueues the job; taken away in the one that ends it, by
-- the worker that begins it, or when its period is over, as its type says.
CREATE TABLE jobs.unique_job (
  type       text COLLATE "C" NOT NULL,
  key        text COLLATE "C" NOT NULL,
  job_id     bigint NOT NULL,
  expires_at timestamptz,
  PRIMARY KEY (type, key)
);
CREATE INDEX unique_job_holder ON jobs.unique_job (job_id);
CREATE INDEX unique_job_expiry ON jobs.unique_job (expires_at) WHERE expires_at IS NOT NULL;

-- Rows without a deadline are not in it.
CREATE INDEX job_expiry ON jobs.job (expires_at, id) WHERE expires_at IS NOT NULL;
