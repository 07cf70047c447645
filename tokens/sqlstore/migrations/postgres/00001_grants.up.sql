-- +goose Up
-- Each statement ends with a semicolon at the end of a line.

-- IDs are compared byte by byte. The unit of due_us is microseconds since 1970;
-- NULL means never: to_timestamp(due_us / 1e6) shows it.
CREATE TABLE IF NOT EXISTS lokalise_grants (
    id text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,
    data bytea NOT NULL,
    due_us bigint
);

CREATE INDEX IF NOT EXISTS lokalise_grants_due ON lokalise_grants (due_us) WHERE due_us IS NOT NULL;
