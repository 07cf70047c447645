-- +goose Up
-- Each statement ends with a semicolon at the end of a line.

-- The unit of due_us is microseconds since 1970; NULL means never:
-- datetime(due_us / 1e6, 'unixepoch') shows it.
CREATE TABLE IF NOT EXISTS lokalise_grants (
    id text NOT NULL COLLATE BINARY PRIMARY KEY,
    version integer NOT NULL,
    data blob NOT NULL,
    due_us integer
);

CREATE INDEX IF NOT EXISTS lokalise_grants_due ON lokalise_grants (due_us) WHERE due_us IS NOT NULL;
