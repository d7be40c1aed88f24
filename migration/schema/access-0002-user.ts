/**
 * People who sign in, what they are signed in with, and the one link that makes the first of them. A session belongs to a user or to a key and is
 * known by a hash of its token; whence it came is not kept.
 */
export const access0002User = {
  version: 2,
  sql: `
    CREATE TABLE user (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL CHECK (role IN ('viewer', 'maintainer', 'admin')),
      tenant TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      disabled_at INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE session (
      id TEXT PRIMARY KEY,
      token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
      user_id TEXT REFERENCES user (id) ON DELETE CASCADE,
      key_id TEXT REFERENCES access_key (id) ON DELETE CASCADE,
      way TEXT NOT NULL CHECK (way IN ('password', 'key', 'setup')),
      created_at INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      CHECK ((user_id IS NULL) <> (key_id IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_user ON session (user_id) WHERE user_id IS NOT NULL;
    CREATE INDEX session_key ON session (key_id) WHERE key_id IS NOT NULL;

    CREATE TABLE setup_link (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT;
  `,
} as const
