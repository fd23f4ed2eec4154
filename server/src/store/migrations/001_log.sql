-- The log is the truth; entry positions, writes, record and contest follow from it and can be
-- rebuilt. Books are integers: org unit * 65536 + year (0: standing). Instants are milliseconds
-- UTC, dates days since 1970.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE book (
    book INTEGER PRIMARY KEY,
    org_unit INTEGER NOT NULL,
    period INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    position INTEGER NOT NULL,      -- the last one given
    chain BLOB NOT NULL             -- 8 bytes up to it
) STRICT;
CREATE INDEX book_of_unit ON book (org_unit, period);

CREATE TABLE log (
    no INTEGER PRIMARY KEY,         -- arrival
    book INTEGER NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    claim BLOB NOT NULL,            -- the 8 hash bytes its writer named
    entry BLOB NOT NULL,            -- canonical bytes
    device BLOB NOT NULL,           -- who brought it
    received_at INTEGER NOT NULL,
    state INTEGER NOT NULL,         -- 0 accepted, 1 released, 2 held, 3 quarantined, 4 sealed
    reason TEXT,                    -- of a hold or a quarantine
    position INTEGER,               -- of a release
    hash BLOB,                      -- 32 bytes, of a release
    chain BLOB,                     -- 8 bytes up to this position
    given_by BLOB,                  -- the device that gave it back, of one that was forgotten
    told BLOB,                      -- of a quarantine: digest of the reply that told the device;
                                    -- empty once it came back with that
    UNIQUE (book, actor, seq)
) STRICT;
CREATE UNIQUE INDEX log_position ON log (book, position) WHERE position IS NOT NULL;
-- Nearly every entry is released. The few others are found without reading those; a query must
-- say `state > 1`, or the state as a literal, for SQLite to see that an index holds its rows.
CREATE INDEX log_accepted ON log (no, book) WHERE state = 0;
CREATE INDEX log_waiting ON log (book, state, no) WHERE state > 1;
CREATE INDEX log_quarantined ON log (device, no) WHERE state = 3;

-- What could not even enter the log: another device's actor, no grant, a sequence used twice.
CREATE TABLE refused (
    no INTEGER PRIMARY KEY,
    device BLOB NOT NULL,
    book INTEGER NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    claim BLOB NOT NULL,
    entry BLOB NOT NULL,
    problem INTEGER NOT NULL,       -- ProblemKind
    received_at INTEGER NOT NULL,
    UNIQUE (device, book, actor, seq, claim)
) STRICT;

CREATE TABLE writes (
    book INTEGER NOT NULL,
    record_actor BLOB NOT NULL,
    record_seq INTEGER NOT NULL,
    record_index INTEGER NOT NULL,
    field INTEGER NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    counter INTEGER NOT NULL,       -- of Automerge's operation
    value BLOB NOT NULL,            -- CBOR
    PRIMARY KEY (book, record_actor, record_seq, record_index, field, actor, seq)
) STRICT, WITHOUT ROWID;

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
CREATE INDEX record_of_form ON record (form, org_unit, occurred_on);
CREATE INDEX record_twin ON record (org_unit, form, natural_key) WHERE natural_key IS NOT NULL;
CREATE INDEX record_row ON record (book, parent_actor, parent_seq, parent_idx)
    WHERE parent_actor IS NOT NULL;

CREATE TABLE contest (
    id INTEGER PRIMARY KEY,
    book INTEGER NOT NULL,
    actor BLOB NOT NULL,            -- the record's key
    seq INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    org_unit INTEGER NOT NULL,
    kind INTEGER NOT NULL,          -- 1 values, 2 void, 3 twins, 4 changed after a decision,
                                    -- 5 two records on which rulings disagree
    field INTEGER NOT NULL,         -- the first field in question; 0 for void and twins
    other TEXT NOT NULL DEFAULT '', -- of kind 5 the other record
    policy INTEGER NOT NULL,        -- 0 quiet, 1 review, 2 critical
    since INTEGER NOT NULL,         -- when the entry that opened it arrived
    UNIQUE (book, actor, seq, idx, kind, field, other)
) STRICT;
CREATE INDEX contest_of_unit ON contest (org_unit, since);

-- What staff ruled; one row for each part. Of a ruling on two records, what their books tell of it.
CREATE TABLE decision (
    book INTEGER NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,               -- names the decision
    record TEXT NOT NULL,           -- ruled on; of a `same` the one that is kept
    other TEXT NOT NULL,            -- the other record, or nothing
    kind INTEGER NOT NULL,          -- see Ruling
    field INTEGER NOT NULL,         -- of a `set` a field of the unit; 0 for none
    reason TEXT,
    person TEXT NOT NULL,
    decided_at INTEGER NOT NULL,    -- the office's clock
    superseded INTEGER NOT NULL,    -- a later ruling on the pair saw it
    unseen INTEGER NOT NULL,        -- the other record was written to without either seeing the other
    PRIMARY KEY (book, actor, seq, id, record, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_on ON decision (record);
CREATE INDEX decision_with ON decision (other) WHERE other <> '';
