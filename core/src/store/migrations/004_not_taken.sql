-- What is unsent or refused is counted in this index alone. Without room, as in 003.
DROP INDEX IF EXISTS entry_unsent;
CREATE INDEX entry_unsent ON entry(no,state,problem,time)WHERE state=0 OR(state=3 OR problem IS NOT NULL);
