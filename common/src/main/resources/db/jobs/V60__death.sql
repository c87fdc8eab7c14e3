-- Worker processes that ended without a word. types: what they did; killed_by: set if one of our own ended it on purpose,
-- then no job of it is suspected; certain: false for one that was only not heard of.
CREATE TABLE jobs.dead_worker (
  worker_id   uuid PRIMARY KEY,
  name        text NOT NULL,
  host        text NOT NULL,
  pid         bigint NOT NULL,
  types       text[] NOT NULL DEFAULT '{}',
  last_beat   timestamptz,
  ending      text NOT NULL,
  killed_by   text,
  evidence    text NOT NULL DEFAULT '',
  certain     boolean NOT NULL,
  reported_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX dead_worker_time ON jobs.dead_worker (reported_at);

-- The jobs that ran in them when they died.
CREATE TABLE jobs.death (
  job_id    bigint NOT NULL,
  turn      integer NOT NULL,
  type      text NOT NULL,
  alone     boolean NOT NULL,
  worker_id uuid NOT NULL REFERENCES jobs.dead_worker (worker_id) ON DELETE CASCADE,
  PRIMARY KEY (job_id, turn, worker_id)
);
CREATE INDEX death_worker ON jobs.death (worker_id);

-- alone: does only jobs under suspicion, one at a time. reported: counts as dead, until it beats again.
-- started_turn, started_since: of the jobs in started, in the same order.
ALTER TABLE jobs.worker
  ADD COLUMN name text NOT NULL DEFAULT '',
  ADD COLUMN alone boolean NOT NULL DEFAULT false,
  ADD COLUMN reported boolean NOT NULL DEFAULT false,
  ADD COLUMN started_turn integer[] NOT NULL DEFAULT '{}',
  ADD COLUMN started_since timestamptz[] NOT NULL DEFAULT '{}',
  ADD COLUMN progress_at timestamptz NOT NULL DEFAULT clock_timestamp();
