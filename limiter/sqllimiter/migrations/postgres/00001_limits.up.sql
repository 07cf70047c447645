-- +goose Up
-- Each statement ends with a semicolon at the end of a line.

-- A row for each budget that is in use. Losing them in a crash does no harm, so
-- they are spared the write-ahead log; half of each page is left free for new
-- versions of its rows. The unit of expires_ms is milliseconds since 1970.
CREATE UNLOGGED TABLE IF NOT EXISTS lokalise_limits (
    key text COLLATE "C" PRIMARY KEY,
    state text NOT NULL,
    expires_ms bigint NOT NULL
) WITH (fillfactor = 50);
