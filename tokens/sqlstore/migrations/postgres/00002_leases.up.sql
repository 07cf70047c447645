-- +goose Up

-- Who refreshes a grant just now. Losing these rows in a crash does no harm, so
-- they are spared the write-ahead log.
CREATE UNLOGGED TABLE IF NOT EXISTS lokalise_leases (
    id text COLLATE "C" PRIMARY KEY,
    owner text NOT NULL,
    until_us bigint NOT NULL
);
