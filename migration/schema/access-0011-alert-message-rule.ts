/** Which rule each message is about, so that the newest of a rule are found among however many of others. */
export const access0011AlertMessageRule = {
  version: 11,
  sql: `
    ALTER TABLE alert_message ADD COLUMN rule TEXT NOT NULL DEFAULT '';
    UPDATE alert_message SET rule = body ->> '$.rule' WHERE body ->> '$.rule' IS NOT NULL;
    CREATE INDEX alert_message_rule ON alert_message (rule, tenant, seq);
  `,
} as const
