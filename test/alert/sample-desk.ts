import type { Database } from 'bun:sqlite'
import { openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { openAlertRuleBook } from '../../src/access/alert-rule-book.ts'
import { type AlertDesk, createAlertDesk } from '../../src/alert/alert-desk.ts'
import type { Clock } from '../../src/base/clock.ts'

/** A desk over the real rules of an `access.db`, with a channel of mail that is down. */
export function sampleAlertDesk(database: Database, clock: Clock): AlertDesk {
  const rules = openAlertRuleBook(database, { clock })
  return createAlertDesk({ rules, messages: openAlertMessageBook(database), clock, actor: 'cli', test: async () => ({ mail: 'ESOCKET' }) })
}
