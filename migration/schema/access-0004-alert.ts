/**
 * Alert rules, how each subject of a rule stands, what was told and what still has to be sent. Bodies are JSON whose meaning lies with the alerts.
 * It lies here and not in the store, so that it survives a rebuild and each commit is fsynced: a message is neither lost nor written twice.
 */
export const access0004Alert = {
  version: 4,
  sql: `
    CREATE TABLE alert_rule (
      id TEXT PRIMARY KEY,
      body TEXT NOT NULL,
      muted_until INTEGER NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE alert_state (
      rule TEXT NOT NULL REFERENCES alert_rule (id) ON DELETE CASCADE,
      subject TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (rule, subject)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE alert_message (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX alert_message_at ON alert_message (at);

    CREATE TABLE alert_delivery (
      message TEXT NOT NULL REFERENCES alert_message (id) ON DELETE CASCADE,
      channel TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given_up')),
      attempts INTEGER NOT NULL,
      next_at INTEGER NOT NULL,
      fault TEXT NOT NULL,
      PRIMARY KEY (message, channel)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX alert_delivery_due ON alert_delivery (channel, next_at) WHERE state = 'waiting';
  `,
} as const
