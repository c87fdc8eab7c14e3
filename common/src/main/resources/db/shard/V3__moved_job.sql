-- Jobs that waited in the ledger of a database when this shard was moved away from it, and that were taken over here: by the
-- number that they had there, so that each is taken over once.
CREATE TABLE moved_job (
  id bigint PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
