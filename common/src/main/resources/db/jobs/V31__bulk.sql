-- How far each named bulk is: written with its jobs, so that a bulk that stopped goes on where it stopped.
CREATE TABLE jobs.bulk (
  name       text COLLATE "C" PRIMARY KEY,
  enqueued   bigint NOT NULL DEFAULT 0,
  began_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at   timestamptz
) WITH (fillfactor = 50);
