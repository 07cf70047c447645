-- +goose Up

-- Who refreshes a grant just now.
CREATE TABLE IF NOT EXISTS lokalise_leases (
    id text NOT NULL COLLATE BINARY PRIMARY KEY,
    owner text NOT NULL,
    until_us integer NOT NULL
);
