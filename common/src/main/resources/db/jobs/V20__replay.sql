-- Failures by cause, and replays.

-- How many jobs of each type failed for each cause: kept by the triggers below, so that it is right whoever writes. The
-- sample is that of the first failure since the group came to be; lanes are the first few.
CREATE TABLE jobs.failure_group (
  fingerprint text NOT NULL,
  type        text COLLATE "C" NOT NULL,
  jobs        bigint NOT NULL,
  first_at    timestamptz NOT NULL,
  last_at     timestamptz NOT NULL,
  error_class text NOT NULL,
  message     text NOT NULL,
  stack       text NOT NULL,
  lanes       text[] NOT NULL,
  PRIMARY KEY (fingerprint, type)
) WITH (fillfactor = 50);

-- Always in the order of the key, so that two transactions that write the same groups wait for each other and no more.
CREATE FUNCTION jobs.count_failed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO jobs.failure_group AS g (fingerprint, type, jobs, first_at, last_at, error_class, message, stack, lanes)
  SELECT a.fingerprint, a.type, a.jobs, a.first_at, a.last_at, s.error_class, s.message, s.stack, a.lanes
  FROM (SELECT fingerprint, type, count(*) AS jobs, min(failed_at) AS first_at, max(failed_at) AS last_at,
               min(id) AS sample, (array_agg(DISTINCT lane))[1:20] AS lanes
        FROM added GROUP BY fingerprint, type) a
  JOIN added s ON s.id = a.sample
  ORDER BY a.fingerprint, a.type
  ON CONFLICT (fingerprint, type) DO UPDATE
  SET jobs = g.jobs + excluded.jobs,
      first_at = least(g.first_at, excluded.first_at),
      last_at = greatest(g.last_at, excluded.last_at),
      lanes = CASE WHEN cardinality(g.lanes) >= 20 OR g.lanes @> excluded.lanes THEN g.lanes
                   ELSE (SELECT array_agg(lane) FROM
                           (SELECT DISTINCT lane FROM unnest(g.lanes || excluded.lanes) AS lane LIMIT 20) l) END;
  RETURN NULL;
END $$;

CREATE FUNCTION jobs.count_taken() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  taken record;
BEGIN
  FOR taken IN SELECT fingerprint, type, count(*) AS jobs FROM removed
               GROUP BY fingerprint, type ORDER BY fingerprint, type
  LOOP
    UPDATE jobs.failure_group g SET jobs = g.jobs - taken.jobs
    WHERE g.fingerprint = taken.fingerprint AND g.type = taken.type;
    DELETE FROM jobs.failure_group g
    WHERE g.fingerprint = taken.fingerprint AND g.type = taken.type AND g.jobs <= 0;
  END LOOP;
  RETURN NULL;
END $$;

LOCK TABLE jobs.failed_job IN SHARE ROW EXCLUSIVE MODE;
CREATE TRIGGER failed_job_added AFTER INSERT ON jobs.failed_job
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION jobs.count_failed();
CREATE TRIGGER failed_job_taken AFTER DELETE ON jobs.failed_job
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION jobs.count_taken();
INSERT INTO jobs.failure_group
SELECT a.fingerprint, a.type, a.jobs, a.first_at, a.last_at, s.error_class, s.message, s.stack, a.lanes
FROM (SELECT fingerprint, type, count(*) AS jobs, min(failed_at) AS first_at, max(failed_at) AS last_at,
             min(id) AS sample, (array_agg(DISTINCT lane))[1:20] AS lanes
      FROM jobs.failed_job GROUP BY fingerprint, type) a
JOIN jobs.failed_job s ON s.id = a.sample;

-- Pages of failures are read along one of these: by cause, by lane, by type, or by time alone (failed_job_time).
CREATE INDEX failed_job_cause ON jobs.failed_job (fingerprint, failed_at, id);
CREATE INDEX failed_job_lane ON jobs.failed_job (lane, failed_at, id);
CREATE INDEX failed_job_type ON jobs.failed_job (type, failed_at, id);
DROP INDEX jobs.failed_job_group;

-- What a person did to jobs of this database, kept for ever. jobs counts up as the work goes on.
CREATE TABLE jobs.audit (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor    text NOT NULL,
  action   text NOT NULL,
  filter   jsonb NOT NULL,
  cut_off  timestamptz NOT NULL,
  jobs     bigint NOT NULL DEFAULT 0,
  ended_at timestamptz
);

-- This database's part of a replay, whose order is in the directory database. Version: of the order's state, so that an
-- older state never overwrites a newer one. Outstanding: no more are moved while so many have not ended. Position: the id up to
-- which the failures were gone through. Missing: selected, but taken by somebody else before their turn. Allowed: from when
-- on the rate allows more. Moved includes superseded; done and failed are in replay_result.
ALTER TABLE jobs.replay
  ADD COLUMN version     bigint NOT NULL DEFAULT 0,
  ADD COLUMN rate        double precision NOT NULL DEFAULT 1,
  ADD COLUMN outstanding bigint NOT NULL DEFAULT 1,
  ADD COLUMN position    bigint NOT NULL DEFAULT 0,
  ADD COLUMN pass_moved  bigint NOT NULL DEFAULT 0,
  ADD COLUMN allowed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  ADD COLUMN exhausted   boolean NOT NULL DEFAULT false,
  ADD COLUMN missing     bigint NOT NULL DEFAULT 0;

-- The causes that a replay takes on, with what of each its canary has still to take.
CREATE TABLE jobs.replay_group (
  replay_id    bigint NOT NULL,
  fingerprint  text NOT NULL,
  type         text COLLATE "C" NOT NULL,
  selected     bigint NOT NULL,
  canary_left  bigint NOT NULL,
  usual_micros double precision,
  PRIMARY KEY (replay_id, fingerprint, type)
);

-- What became of each job. State: waiting, done, failed, discarded, superseded. Cause: the fingerprint it had failed with.
-- First: outcome of its first attempt, of canary jobs alone.
CREATE TABLE jobs.replay_job (
  replay_id    bigint NOT NULL,
  job_id       bigint NOT NULL,
  type         text COLLATE "C" NOT NULL,
  cause        text NOT NULL,
  attempts     integer NOT NULL,
  canary       boolean NOT NULL,
  state        text NOT NULL,
  fingerprint  text,
  first        text,
  first_micros bigint,
  moved_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at     timestamptz,
  PRIMARY KEY (replay_id, job_id)
) WITH (fillfactor = 80);
CREATE INDEX replay_job_waiting ON jobs.replay_job (replay_id, job_id) WHERE state = 'waiting';
CREATE INDEX replay_job_canary ON jobs.replay_job (replay_id, cause, type) WHERE canary;

-- Counts of what became of them, appended by whoever settles and added up now and then: no row that all would wait for.
CREATE TABLE jobs.replay_result (
  replay_id   bigint NOT NULL,
  state       text NOT NULL,
  fingerprint text,
  jobs        bigint NOT NULL
);
CREATE INDEX replay_result_of ON jobs.replay_result (replay_id);
