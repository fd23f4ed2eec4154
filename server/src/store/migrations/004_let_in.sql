-- What staff let in although it was kept apart, or stood on what was: who, and when. Such an entry
-- enters its book under the hash that follows from it there, whatever its writer claimed.
ALTER TABLE log ADD COLUMN let_in_by TEXT;
ALTER TABLE log ADD COLUMN let_in_at INTEGER;
CREATE INDEX log_let_in ON log (device, no) WHERE let_in_by IS NOT NULL AND told IS NOT NULL;
