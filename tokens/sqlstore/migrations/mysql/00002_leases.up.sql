-- +goose Up

-- Who refreshes a grant just now.
CREATE TABLE IF NOT EXISTS lokalise_leases (
    id varbinary(255) NOT NULL PRIMARY KEY,
    owner varbinary(255) NOT NULL,
    until_us bigint NOT NULL
) ENGINE = InnoDB;
