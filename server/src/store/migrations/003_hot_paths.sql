-- What a token may do is remembered between requests. This number rises with every change of that,
-- whoever makes it: what was remembered under an older one is read anew.
CREATE TABLE access (
    version INTEGER NOT NULL
) STRICT;
INSERT INTO access VALUES (1);

CREATE TRIGGER device_changed AFTER UPDATE OF id, token_hash, revoked_at ON device
BEGIN UPDATE access SET version = version + 1; END;
CREATE TRIGGER device_removed AFTER DELETE ON device
BEGIN UPDATE access SET version = version + 1; END;
CREATE TRIGGER grant_made AFTER INSERT ON device_grant
BEGIN UPDATE access SET version = version + 1; END;
CREATE TRIGGER grant_changed AFTER UPDATE ON device_grant
BEGIN UPDATE access SET version = version + 1; END;
CREATE TRIGGER grant_removed AFTER DELETE ON device_grant
BEGIN UPDATE access SET version = version + 1; END;

-- Every entry is accepted first, and hardly one ever waits: an accepted one costs one index less. A
-- query must say `state > 1` for SQLite to see that this index holds its rows.
DROP INDEX log_waiting;
CREATE INDEX log_waiting ON log (book, state, no) WHERE state > 1;
DROP INDEX log_accepted;
CREATE INDEX log_accepted ON log (no, book) WHERE state = 0;
