-- What the last start found, so that a configuration that does not fit the data is refused and makes no empty shards.
CREATE TABLE shard_home (
  shard    integer PRIMARY KEY,
  database integer NOT NULL,
  since    timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A row stays until a person deletes it, who knows that no job is left in the ledger of that database.
CREATE TABLE physical_database (
  number integer PRIMARY KEY,
  since  timestamptz NOT NULL DEFAULT clock_timestamp()
);
