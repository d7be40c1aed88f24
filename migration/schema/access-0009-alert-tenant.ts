/**
 * Whose each alert rule and each message is, so that no tenant uses up the share of another. Rules about the machine of other tenants go: those belong to
 * who runs the service.
 */
export const access0009AlertTenant = {
  version: 9,
  sql: `
    ALTER TABLE alert_rule ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
    UPDATE alert_rule SET tenant = body ->> '$.tenant' WHERE body ->> '$.tenant' IS NOT NULL;
    DELETE FROM alert_rule
      WHERE tenant <> 'default' AND body ->> '$.kind' IN ('mirror_behind', 'disk_full', 'backup_failed', 'integrity_failed');

    ALTER TABLE alert_message ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
    UPDATE alert_message SET tenant = body ->> '$.tenant' WHERE body ->> '$.tenant' IS NOT NULL;
    CREATE INDEX alert_message_tenant ON alert_message (tenant, at);
  `,
} as const
