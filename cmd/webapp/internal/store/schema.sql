-- Attempts to connect whose callback was seen. A code is exchanged once: see
-- connect.Config.Once. Times are seconds since 1970.
CREATE TABLE IF NOT EXISTS webapp_attempts (
    id   varchar(64) NOT NULL PRIMARY KEY,
    seen bigint      NOT NULL
);
