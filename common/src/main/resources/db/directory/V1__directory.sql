-- What crosses shards.

-- Every username, with the account it belongs to. 'reserved' while a sign-up is under way: the shard is written between
-- reservation and confirmation, and whoever finds an old reservation looks there whether to confirm or to drop it.
CREATE TABLE account_name (
  username    text COLLATE "C" PRIMARY KEY,
  user_id     bigint NOT NULL UNIQUE,
  state       text   NOT NULL CHECK (state IN ('reserved', 'confirmed')),
  reserved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX account_name_reserved ON account_name (reserved_at) WHERE state = 'reserved';

-- Applications. The secret is kept as its SHA-256: it is random, so a slow hash would add nothing.
CREATE TABLE oauth_client (
  id            text PRIMARY KEY,
  name          text   NOT NULL,
  secret_sha256 bytea  NOT NULL,
  redirect_uris text[] NOT NULL,
  scopes        text[] NOT NULL,
  trusted       boolean NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Tokens do not expire; they are revoked. Only their SHA-256 is kept.
CREATE TABLE access_token (
  sha256     bytea PRIMARY KEY,
  user_id    bigint NOT NULL,
  client_id  text   NOT NULL REFERENCES oauth_client (id),
  scopes     text[] NOT NULL,
  issued_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  revoked_at timestamptz
);
CREATE INDEX access_token_user ON access_token (user_id, client_id);

-- Codes of the authorisation flow: good once and for ten minutes.
CREATE TABLE authorization_code (
  sha256       bytea PRIMARY KEY,
  user_id      bigint NOT NULL,
  client_id    text   NOT NULL REFERENCES oauth_client (id),
  redirect_uri text   NOT NULL,
  scopes       text[] NOT NULL,
  issued_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
