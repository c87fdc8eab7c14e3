CREATE TABLE IF NOT EXISTS invoice (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer text NOT NULL,
  cents    bigint NOT NULL,
  mailed   boolean NOT NULL DEFAULT false
);
CREATE TABLE IF NOT EXISTS turnover (
  customer text PRIMARY KEY,
  cents    bigint NOT NULL
);
