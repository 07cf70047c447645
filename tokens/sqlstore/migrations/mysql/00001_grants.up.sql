-- +goose Up
-- Each statement ends with a semicolon at the end of a line. Each can be
-- repeated: MySQL commits them one by one, so a crash may leave some of them.

-- IDs are UTF-8 kept as bytes, since the character types ignore spaces at the
-- end when they compare. The unit of due_us is microseconds since 1970; NULL
-- means never: FROM_UNIXTIME(due_us / 1e6) shows it. Data is a LONGBLOB so that
-- nothing that fits into a packet can be cut.
CREATE TABLE IF NOT EXISTS lokalise_grants (
    id varbinary(255) NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    data longblob NOT NULL,
    due_us bigint,
    KEY lokalise_grants_due (due_us)
) ENGINE = InnoDB;
