-- The ledger of one physical database. Times are always the database's own.

-- Steps of 8192 leave the low 13 bits of every id to the number of the database.
CREATE SEQUENCE jobs.job_id AS bigint INCREMENT BY 8192 MINVALUE 0 START WITH ${first_job_id};

-- Jobs due now: waiting, or in flight. Kept small: a row goes when its job is done.
CREATE TABLE jobs.job (
  id           bigint PRIMARY KEY DEFAULT nextval('jobs.job_id'),
  run_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  leased_until timestamptz,
  expires_at   timestamptz,
  replay_id    bigint,
  flow_id      bigint,
  turn         integer  NOT NULL DEFAULT 0,
  attempt      integer  NOT NULL DEFAULT 0,
  priority     smallint NOT NULL DEFAULT 1,
  type         text COLLATE "C" NOT NULL,
  lane         text COLLATE "C" NOT NULL DEFAULT '',
  unique_key   text,
  args         bytea    NOT NULL,
  trace        text
) WITH (autovacuum_vacuum_threshold = 100000, autovacuum_vacuum_scale_factor = 0,
        autovacuum_vacuum_cost_delay = 0, fillfactor = 100);

-- A row is in exactly one of these two: waiting for the relay, or belonging to whoever submitted it directly.
CREATE INDEX job_waiting ON jobs.job (type, priority, lane, id) WHERE leased_until IS NULL;
CREATE INDEX job_leased ON jobs.job (leased_until) WHERE leased_until IS NOT NULL;

-- Jobs due later, apart, so that a million retries cost the dispatcher nothing.
CREATE TABLE jobs.later_job (LIKE jobs.job INCLUDING DEFAULTS, PRIMARY KEY (id));
CREATE INDEX later_job_due ON jobs.later_job (run_at);

-- Jobs that ran out of attempts: kept until a person decides.
CREATE TABLE jobs.failed_job (
  LIKE jobs.job INCLUDING DEFAULTS,
  error_class text NOT NULL,
  message     text NOT NULL,
  stack       text NOT NULL,
  fingerprint text NOT NULL,
  worker      text NOT NULL,
  failed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (id)
);
CREATE INDEX failed_job_group ON jobs.failed_job (fingerprint, failed_at);
CREATE INDEX failed_job_time ON jobs.failed_job (failed_at, id);

-- Discarded jobs are counted with the worker; what a replay or a flow is, says the platform's own part of it.
CREATE TABLE jobs.replay (
  id         bigint PRIMARY KEY,
  state      text NOT NULL,
  filter     jsonb NOT NULL,
  cut_off    timestamptz NOT NULL,
  selected   bigint NOT NULL DEFAULT 0,
  moved      bigint NOT NULL DEFAULT 0,
  done       bigint NOT NULL DEFAULT 0,
  failed     bigint NOT NULL DEFAULT 0,
  superseded bigint NOT NULL DEFAULT 0,
  started_by text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at   timestamptz
);

CREATE TABLE jobs.flow (
  id         bigint PRIMARY KEY,
  jobs       bigint NOT NULL,
  done       bigint NOT NULL DEFAULT 0,
  failed     bigint NOT NULL DEFAULT 0,
  follow_up  bytea,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- One row a worker process: alive while beat_at is recent. started = jobs it has begun and not yet recorded.
CREATE TABLE jobs.worker (
  id         uuid PRIMARY KEY,
  host       text NOT NULL,
  pid        bigint NOT NULL,
  state      text NOT NULL,
  threads    integer NOT NULL,
  started    bigint[] NOT NULL DEFAULT '{}',
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  beat_at    timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);

-- What a process has done so far, a row a job type; added to jobs.type_total when the process is gone.
CREATE TABLE jobs.worker_count (
  worker_id  uuid NOT NULL REFERENCES jobs.worker (id) ON DELETE CASCADE,
  type       text NOT NULL,
  done       bigint NOT NULL DEFAULT 0,
  retried    bigint NOT NULL DEFAULT 0,
  snoozed    bigint NOT NULL DEFAULT 0,
  discarded  bigint NOT NULL DEFAULT 0,
  failed     bigint NOT NULL DEFAULT 0,
  run_micros bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (worker_id, type)
) WITH (fillfactor = 50);

CREATE TABLE jobs.type_total (
  type       text PRIMARY KEY,
  done       bigint NOT NULL DEFAULT 0,
  retried    bigint NOT NULL DEFAULT 0,
  snoozed    bigint NOT NULL DEFAULT 0,
  discarded  bigint NOT NULL DEFAULT 0,
  failed     bigint NOT NULL DEFAULT 0,
  run_micros bigint NOT NULL DEFAULT 0
);

-- Leadership of the relay: a term and an expiry by this database's clock.
CREATE TABLE jobs.relay (
  singleton  boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  term       bigint NOT NULL DEFAULT 0,
  holder     uuid,
  host       text,
  pid        bigint,
  expires_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
INSERT INTO jobs.relay DEFAULT VALUES;

-- What the relay publishes of each type about once a second, and what a person has set.
CREATE TABLE jobs.type_state (
  type         text PRIMARY KEY,
  gate_open    boolean NOT NULL DEFAULT false,
  quota        integer NOT NULL DEFAULT 0,
  in_flight    bigint NOT NULL DEFAULT 0,
  running      bigint NOT NULL DEFAULT 0,
  workers      integer NOT NULL DEFAULT 0,
  "window"     bigint NOT NULL DEFAULT 0,
  drain_rate   double precision NOT NULL DEFAULT 0,
  paused       boolean NOT NULL DEFAULT false,
  published_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
