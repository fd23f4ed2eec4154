-- Who may do what: the organisation tree, devices and their grants, staff and their sessions.

CREATE TABLE org_kind (
    name TEXT PRIMARY KEY,
    is_cell INTEGER NOT NULL,
    is_place INTEGER NOT NULL,
    valid_from INTEGER,
    valid_to INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE org_unit (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    parent INTEGER REFERENCES org_unit (id),
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    aliases TEXT NOT NULL,
    fold TEXT NOT NULL,             -- names and aliases, folded for search
    sort BLOB NOT NULL,             -- Vietnamese sort key of the short name
    valid_from INTEGER,
    valid_to INTEGER
) STRICT;
CREATE INDEX org_child ON org_unit (parent, sort);

CREATE TABLE org_coverage (
    cell INTEGER NOT NULL REFERENCES org_unit (id),
    village INTEGER NOT NULL REFERENCES org_unit (id),
    valid_from INTEGER,
    valid_to INTEGER
) STRICT;
CREATE INDEX coverage_of_cell ON org_coverage (cell);

CREATE TABLE reference (
    name TEXT PRIMARY KEY,          -- "pack"
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    id BLOB PRIMARY KEY,            -- 5 bytes
    holder TEXT NOT NULL,
    public_key BLOB NOT NULL UNIQUE,
    certificate BLOB NOT NULL,      -- CBOR SignedCertificate
    token_hash BLOB NOT NULL UNIQUE,
    enrolled_at INTEGER NOT NULL,
    revoked_at INTEGER,
    seen_at INTEGER,
    app_version TEXT,
    pack_version INTEGER,
    clock_offset_ms INTEGER,        -- the device's clock less the server's
    unsent INTEGER,
    oldest_unsent INTEGER,
    free INTEGER,                   -- the power of two of MiB that it has free at least
    stored_bytes INTEGER NOT NULL DEFAULT 0,  -- delivered in all
    pending INTEGER NOT NULL DEFAULT 0,  -- it came back to a server that had forgotten it
    sealed_bytes INTEGER NOT NULL DEFAULT 0,  -- delivered since it was revoked
    last_digest BLOB,               -- what it stood on after the last two replies
    last_standing BLOB,
    prior_digest BLOB,
    prior_standing BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE device_grant (
    device BLOB NOT NULL REFERENCES device (id),
    org_unit INTEGER NOT NULL REFERENCES org_unit (id),
    valid_from INTEGER NOT NULL,    -- instants
    valid_to INTEGER,
    PRIMARY KEY (device, org_unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX grant_of_unit ON device_grant (org_unit);

CREATE TABLE enrolment (
    code_hash BLOB PRIMARY KEY,
    org_unit INTEGER NOT NULL REFERENCES org_unit (id),
    holder TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    used_by BLOB                    -- the public key; the same key may ask again
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT NOT NULL,         -- argon2
    must_change INTEGER NOT NULL,
    role TEXT NOT NULL,             -- administrator, reviewer, reader
    scope INTEGER NOT NULL REFERENCES org_unit (id),
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;

CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    staff INTEGER NOT NULL REFERENCES staff (id),
    csrf BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a token may do is remembered between requests. This number rises with every change of that,
-- whoever makes it: what was remembered under an older one is read anew.
CREATE TABLE access (
    version INTEGER NOT NULL
) STRICT;
INSERT INTO access VALUES (1);

CREATE TRIGGER device_changed AFTER UPDATE OF id, token_hash, revoked_at, pending ON device
BEGIN UPDATE access SET version = version + 1; END;
CREATE TRIGGER device_removed AFTER DELETE ON device
BEGIN UPDATE access SET version = version + 1; END;
CREATE TRIGGER grant_made AFTER INSERT ON device_grant
BEGIN UPDATE access SET version = version + 1; END;
CREATE TRIGGER grant_changed AFTER UPDATE ON device_grant
BEGIN UPDATE access SET version = version + 1; END;
CREATE TRIGGER grant_removed AFTER DELETE ON device_grant
BEGIN UPDATE access SET version = version + 1; END;
