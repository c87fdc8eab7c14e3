-- A flow ends when it is complete (nothing more is added) and as many jobs have ended as there are.
ALTER TABLE jobs.flow
  ALTER COLUMN id SET DEFAULT nextval('jobs.job_id'),
  ALTER COLUMN jobs SET DEFAULT 0,
  ADD COLUMN discarded bigint NOT NULL DEFAULT 0,
  ADD COLUMN complete boolean NOT NULL DEFAULT true,
  ADD COLUMN follow_up_type text,
  ADD COLUMN ended_at timestamptz,
  SET (fillfactor = 50);
CREATE INDEX flow_ended ON jobs.flow (ended_at) WHERE ended_at IS NOT NULL;

ALTER TABLE jobs.bulk ADD COLUMN flow_id bigint;
