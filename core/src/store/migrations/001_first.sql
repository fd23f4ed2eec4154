-- Books are integers: org unit * 65536 + year (0: standing). Instants are milliseconds UTC,
-- dates days since 1970.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cursor (
    book INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    position INTEGER NOT NULL,
    chain BLOB NOT NULL
) STRICT;

CREATE TABLE entry (
    no INTEGER PRIMARY KEY,         -- each after those it stands on
    book INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,             -- 32 bytes; the 8 named ones of an entry that waits
    entry BLOB NOT NULL,            -- canonical bytes
    time INTEGER NOT NULL,
    state INTEGER NOT NULL,         -- see EntryState
    problem INTEGER,                -- ProblemKind, of one that was refused
    position INTEGER,               -- in the district's log
    UNIQUE (book, actor, seq)
) STRICT;
CREATE INDEX entry_unsent ON entry (no) WHERE state = 0;
CREATE INDEX entry_of_book ON entry (book, no);
CREATE INDEX entry_waiting ON entry (book, no) WHERE length(hash) < 32;
CREATE INDEX entry_unplaced ON entry (no) WHERE position IS NULL AND state IN (1, 2);
CREATE INDEX entry_position ON entry (book, position) WHERE position IS NOT NULL;

-- Entries that were reissued under another name; kept to be read, never sent again.
CREATE TABLE abandoned (
    no INTEGER PRIMARY KEY,
    book INTEGER NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    entry BLOB NOT NULL,
    abandoned_at INTEGER NOT NULL
) STRICT;

CREATE TABLE record (
    book INTEGER NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    org_unit INTEGER NOT NULL,
    form INTEGER NOT NULL,
    form_version INTEGER NOT NULL,
    parent_actor BLOB,
    parent_seq INTEGER,
    parent_idx INTEGER,
    void TEXT,
    occurred_on INTEGER,
    same_as TEXT,                   -- the record that staff ruled it to be the same as
    natural_key TEXT,
    contests INTEGER NOT NULL,
    fold TEXT NOT NULL,
    fields BLOB NOT NULL,           -- CBOR map of what is shown
    PRIMARY KEY (book, actor, seq, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_list ON record (form, occurred_on, book, actor, seq, idx)
    WHERE parent_actor IS NULL;
CREATE INDEX record_row ON record (book, parent_actor, parent_seq, parent_idx)
    WHERE parent_actor IS NOT NULL;
CREATE INDEX record_contested ON record (book) WHERE contests > 0;
CREATE INDEX record_twin ON record (org_unit, form, natural_key) WHERE natural_key IS NOT NULL;

-- What staff ruled; one row for each part.
CREATE TABLE decision (
    book INTEGER NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    record TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0,    -- whether the holder has read it
    PRIMARY KEY (book, actor, seq, id, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_unseen ON decision (book, seq) WHERE seen = 0;

CREATE TABLE draft (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used again: a screen may still name it
    form TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE reference (
    name TEXT PRIMARY KEY,
    hash BLOB NOT NULL,             -- 8 bytes
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
