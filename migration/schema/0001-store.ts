/**
 * The first shape of `store.db`.
 *
 * A run is one row of small numbers: every text that repeats is a code of `word`, numbered for each kind on its own so that codes stay short.
 * An id column holds 0 where the id is the UUID that `key` spells, the 16 bytes of another UUID, or the text of any other id.
 * `type`, `nsapp`, `repo_source` and `status` hold what the run reads as (defaults in place); `ranks` says which fields were really reported.
 * Stage times are milliseconds: `at` since 1970 UTC, each `_first` since `at`, each `_last` since its `_first`.
 */
export const store0001 = {
  version: 1,
  sql: `
CREATE TABLE word (
  kind TEXT NOT NULL,
  code INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (kind, code)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX word_text ON word (kind, text);

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL,
  key BLOB NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  ranks INTEGER NOT NULL,
  random_id ANY,
  execution_id ANY,
  type INTEGER NOT NULL,
  nsapp INTEGER NOT NULL,
  ct_type INTEGER,
  disk_size INTEGER,
  core_count INTEGER,
  ram_size INTEGER,
  os_type INTEGER,
  os_version INTEGER,
  pve_version INTEGER,
  method INTEGER,
  gpu_vendor INTEGER,
  gpu_model INTEGER,
  gpu_passthrough INTEGER,
  cpu_vendor INTEGER,
  cpu_model INTEGER,
  ram_speed INTEGER,
  repo_source INTEGER NOT NULL,
  repo_slug INTEGER,
  has_arm INTEGER,
  arch INTEGER,
  platform INTEGER,
  outcome_status INTEGER,
  exit_code INTEGER,
  error INTEGER,
  error_category INTEGER,
  install_duration INTEGER,
  trace_length INTEGER,
  trace_hash ANY,
  installing_first INTEGER,
  installing_last INTEGER,
  validation_first INTEGER,
  validation_last INTEGER,
  configuring_first INTEGER,
  configuring_last INTEGER,
  terminal_first INTEGER,
  terminal_last INTEGER,
  stuck_at INTEGER,
  repairs INTEGER,
  rules INTEGER
) STRICT;
CREATE UNIQUE INDEX run_key ON run (tenant, key);
CREATE UNIQUE INDEX run_revision ON run (revision);
CREATE INDEX run_random_id ON run (tenant, random_id, at) WHERE random_id <> 0;
-- One period of one tenant with every column the records page filters or sorts by: any pair of filters is answered from this index alone.
CREATE INDEX run_at ON run (tenant, at, repo_source, status, type, nsapp, os_type, repo_slug, method, exit_code, outcome_status);
-- One script over a long period.
CREATE INDEX run_nsapp ON run (tenant, nsapp, status, at, repo_source, type);

CREATE TABLE trace (
  run INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  zstd BLOB NOT NULL
) STRICT;

CREATE TABLE tombstone (
  tenant INTEGER NOT NULL,
  key BLOB NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tombstone_revision ON tombstone (revision);

-- Sums of runs. \`dimension\` names what \`value\` counts ('run' counts runs as such, its only value is 0); \`period\` is the day since 1970 UTC at grain 'day'.
CREATE TABLE rollup (
  tenant INTEGER NOT NULL,
  dimension TEXT NOT NULL,
  source INTEGER NOT NULL,
  grain TEXT NOT NULL,
  period INTEGER NOT NULL,
  value INTEGER NOT NULL,
  type INTEGER NOT NULL,
  installing INTEGER NOT NULL,
  validation INTEGER NOT NULL,
  configuring INTEGER NOT NULL,
  success INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  aborted INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  PRIMARY KEY (tenant, dimension, source, grain, period, value, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE consumer (
  name TEXT PRIMARY KEY,
  cursor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE parked (
  tenant INTEGER NOT NULL,
  key BLOB NOT NULL,
  revision INTEGER NOT NULL,
  reason TEXT NOT NULL,
  parked_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE set_aside (
  id INTEGER PRIMARY KEY,
  consumer TEXT NOT NULL,
  reason TEXT NOT NULL,
  entry TEXT NOT NULL
) STRICT;

CREATE TABLE fact (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
}
