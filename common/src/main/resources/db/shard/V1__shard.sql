-- One logical shard. Its accounts, what they post, and whom they follow, live here together.

-- The last id given out, as milliseconds since 2011 << 10 | sequence: a sequence, because it is never rolled back.
CREATE SEQUENCE last_tick AS bigint MINVALUE 0 START WITH 0;

-- Reserves "wanted" consecutive ticks and returns the first. Ticks follow the clock and never repeat or fall: when it steps
-- back, or more than 1,024 fall into a millisecond, they go on counting from the last one. The lock is held for microseconds
-- and not until the end of the transaction, which would queue up everybody who writes to the shard.
CREATE FUNCTION next_tick(wanted integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  first bigint;
BEGIN
  PERFORM pg_advisory_lock(20110101, ${shard});
  BEGIN
    SELECT greatest(last_value + 1, (floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint - 1293840000000) << 10)
      INTO first FROM ${flyway:defaultSchema}.last_tick;
    PERFORM setval('${flyway:defaultSchema}.last_tick', first + wanted - 1);
  EXCEPTION WHEN query_canceled OR OTHERS THEN
    PERFORM pg_advisory_unlock(20110101, ${shard});
    RAISE;
  END;
  PERFORM pg_advisory_unlock(20110101, ${shard});
  RETURN first;
END $$;

-- 41 bits of milliseconds since 2011-01-01, 13 of the shard, 10 of a sequence.
CREATE FUNCTION id_of_tick(tick bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT (tick >> 10 << 23) | (${shard} << 10) | (tick & 1023)
$$;

CREATE FUNCTION next_id() RETURNS bigint LANGUAGE sql AS $$
  SELECT ${flyway:defaultSchema}.id_of_tick(${flyway:defaultSchema}.next_tick(1))
$$;

-- Many at once, ascending.
CREATE FUNCTION next_ids(wanted integer) RETURNS SETOF bigint LANGUAGE sql AS $$
  SELECT ${flyway:defaultSchema}.id_of_tick(t.tick + i)
  FROM (SELECT ${flyway:defaultSchema}.next_tick(wanted) AS tick OFFSET 0) t, generate_series(0, wanted - 1) i
  WHERE wanted > 0
$$;

CREATE TABLE account (
  id              bigint PRIMARY KEY,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  is_private      boolean NOT NULL DEFAULT false,
  username        text NOT NULL,
  password_hash   text,
  full_name       text NOT NULL DEFAULT '',
  bio             text NOT NULL DEFAULT '',
  website         text NOT NULL DEFAULT '',
  profile_picture text
);

-- Counts, apart from the account, because they change often. Written in the transaction of what they count.
CREATE TABLE account_count (
  user_id     bigint PRIMARY KEY,
  media       integer NOT NULL DEFAULT 0,
  follows     integer NOT NULL DEFAULT 0,
  followed_by integer NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- Whom the accounts of this shard follow: the truth about an edge. state: 0 none (a tombstone), 1 requested, 2 following.
-- "was" is the state before the last change.
CREATE TABLE follow (
  follower   bigint   NOT NULL,
  followee   bigint   NOT NULL,
  version    bigint   NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  state      smallint NOT NULL,
  was        smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (follower, followee)
) WITH (fillfactor = 90);

-- Who follows the accounts of this shard: a copy of the follower's side, which may be a moment behind.
CREATE TABLE follower (
  followee   bigint   NOT NULL,
  follower   bigint   NOT NULL,
  version    bigint   NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  state      smallint NOT NULL,
  was        smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (followee, follower)
) WITH (fillfactor = 90);

-- state: 0 processing, 1 ready, 2 refused.
CREATE TABLE media (
  id              bigint PRIMARY KEY DEFAULT ${flyway:defaultSchema}.next_id(),
  owner           bigint NOT NULL,
  location_id     bigint,
  latitude        double precision,
  longitude       double precision,
  deleted_at      timestamptz,
  version         integer  NOT NULL DEFAULT 1,
  width           integer  NOT NULL,
  height          integer  NOT NULL,
  state           smallint NOT NULL DEFAULT 0,
  photo_key       text     NOT NULL CHECK (photo_key ~ '^[0-9a-f]{32}$'),
  content_type    text     NOT NULL,
  caption         text,
  filter          text,
  refusal         text,
  idempotency_key text,
  tags            text[]   NOT NULL DEFAULT '{}'
) WITH (fillfactor = 90);

CREATE INDEX media_of_owner ON media (owner, id DESC) INCLUDE (state) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX media_idempotency_key ON media (owner, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- What became of a media: one row for each thing that was to be done. state: 0 waiting, 1 under way, 2 done, 3 failed.
CREATE TABLE effect (
  media_id bigint   NOT NULL,
  kind     smallint NOT NULL,
  state    smallint NOT NULL DEFAULT 0,
  n        integer  NOT NULL DEFAULT 0,
  m        integer  NOT NULL DEFAULT 0,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  error    text,
  PRIMARY KEY (media_id, kind)
) WITH (fillfactor = 70);
