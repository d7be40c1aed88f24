/**
 * Whose each alert rule and each message is, so that no tenant uses up the share of another. Rules about the machine of other tenants go: those belong to
 * who runs the service. Messages are numbered as they are written, and of one thread (a rule and a subject) sent in that order, whatever the clock does and
 * however long one has to wait. When one was tried last, or written: a moment that has yet to come tells that the clock was set back since.
 */
export const access0009AlertTenant = {
  version: 9,
  sql: `
    ALTER TABLE alert_rule ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
    UPDATE alert_rule SET tenant = body ->> '$.tenant' WHERE body ->> '$.tenant' IS NOT NULL;
    DELETE FROM alert_rule
      WHERE tenant <> 'default' AND body ->> '$.kind' IN ('mirror_behind', 'disk_full', 'backup_failed', 'integrity_failed');

    ALTER TABLE alert_message ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
    ALTER TABLE alert_message ADD COLUMN thread TEXT NOT NULL DEFAULT '';
    ALTER TABLE alert_message ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
    UPDATE alert_message SET tenant = body ->> '$.tenant' WHERE body ->> '$.tenant' IS NOT NULL;
    UPDATE alert_message SET thread = json_array(body ->> '$.rule', body ->> '$.subject');
    UPDATE alert_message SET seq = numbered.seq
      FROM (SELECT id, row_number() OVER (ORDER BY at, id) AS seq FROM alert_message) AS numbered
      WHERE numbered.id = alert_message.id;
    CREATE UNIQUE INDEX alert_message_seq ON alert_message (seq);
    CREATE INDEX alert_message_tenant ON alert_message (tenant, seq);
    CREATE INDEX alert_message_thread ON alert_message (thread, seq);

    ALTER TABLE alert_delivery ADD COLUMN tried_at INTEGER NOT NULL DEFAULT 0;
  `,
} as const
