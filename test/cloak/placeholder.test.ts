import { expect, test } from 'bun:test'
import { isPlaceholder } from '../../src/cloak/placeholder.ts'

test.each([
  ...['[Filtered]', '[REDACTED]', '[REDACTED:api-key]', '(hidden)', '<redacted>', '***', '******', 'xxxx', '•••••', '...', '--------'],
  ...['<token>', '<db-password>', '</s>', '{token}', 'your-api-key', 'your_secret_here', 'password_here', 'put your unique phrase here'],
  ...[
    'AKIAXXXXXXXXXXXXXXXX',
    'env:S3_SECRET',
    '@Microsoft.KeyVault(SecretUri=x)',
    '$__vault{kv/grafana:oauth',
    'op://vault/item/field',
    '{',
    '?',
  ],
])('%s stands for a value', (value) => {
  expect(isPlaceholder(value)).toBe(true)
})

test.each([
  ...[
    'hunter2',
    'Sommer2026!',
    'your2cents',
    '<x8Kd!pQ2>',
    '{x8Kd!}',
    '[hunter2]',
    'xX9xx',
    '$2y$10$abcdefghijklmnopqrstuu',
    'somewhere',
    'envoy:9',
  ],
  ...['AKIAIOSFODNN7EXAMPLE', 'passwort-heute', 'AB-XXL'],
])('%s is one', (value) => {
  expect(isPlaceholder(value)).toBe(false)
})
