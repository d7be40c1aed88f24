import { expect, test } from 'bun:test'
import { simpleParser } from 'mailparser'
import { openAlertFigureBook } from '../../src/access/alert-figure-book.ts'
import { openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { openAlertRuleBook } from '../../src/access/alert-rule-book.ts'
import { openAudit } from '../../src/access/audit.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { openTimerStates } from '../../src/access/timer-state.ts'
import { createMail } from '../../src/alert/mail.ts'
import { openOutbox } from '../../src/alert/outbox.ts'
import { makeRule, ruleLimits } from '../../src/alert/rule.ts'
import { keepRule, watchOnce } from '../../src/alert/watch.ts'
import { backupTasks } from '../../src/app/task-backup.ts'
import type { Backups } from '../../src/archive/backups.ts'
import { silentLog } from '../../src/base/log.ts'
import { Timetable } from '../../src/timer/timetable.ts'
import { backupsOf, damagedBackupsOf, fillFolder, settingsOf } from '../archive/sample-backup.ts'
import { fakeClock } from '../fake-clock.ts'
import { certificatePath, mailbox } from '../part/mailbox.ts'
import { temporaryFolder } from '../store/folder.ts'

const minute = 60_000
const hours = 8

/** A night of the timer `backup`, looked at by the rule as the service does; the mails that came of it. */
async function subjectsOfNight(folder: ReturnType<typeof temporaryFolder>, backups: Backups): Promise<readonly (string | undefined)[]> {
  await using there = await mailbox()
  const clock = fakeClock('2026-03-01T01:00:00Z')
  const database = openAccessDatabase(folder.file('access.db'))
  const rules = openAlertRuleBook(database, { clock })
  const messages = openAlertMessageBook(database)
  const rule = makeRule({ kind: 'backup_failed', holdMin: 30, cooldownMin: 1_440 }, 'backup-failed')
  if (!rule.ok) throw new Error(rule.fault)
  rules.put(keepRule(rule.value), { actor: 'cli', limits: ruleLimits })
  const mail = createMail({
    ...{ host: 'localhost', port: there.port, security: 'required', from: 'telemetry@b.test', to: ['ops@b.test'], origin: () => '' },
    ...{ installation: 'one', caFile: certificatePath, lookup: async () => ['127.0.0.1'] },
  })
  const outbox = openOutbox({ book: messages, channels: [mail], clock, log: silentLog })
  const parts = { settings: settingsOf(folder.path), backups, access: { audit: openAudit(database) } }
  const table = new Timetable({ tasks: backupTasks(parts), states: openTimerStates(database), clock, log: silentLog })
  const nothing = async () => Promise.reject(new Error('no rule here asks the store'))
  const reader = { recentScripts: nothing, analyse: nothing, errorGroups: nothing, totals: nothing }
  const source = { reader, isMutedGroup: () => false, mirrorLag: () => undefined, disk: nothing, timer: (name: string) => table.find(name) }
  for (let quarter = 0; quarter < 4 * hours; quarter += 1) {
    await table.tick()
    await watchOnce({
      rules,
      messages,
      figures: openAlertFigureBook(database),
      source,
      channelNames: ['mail'],
      clock,
      log: silentLog,
      everyMs: 15 * minute,
    })
    outbox.pump()
    await outbox.idle()
    clock.pass(15 * minute)
  }
  await table.stop()
  await outbox.stop()
  database.close()
  return Promise.all(there.got.map(async ({ source: text }) => (await simpleParser(text)).subject))
}

test.each([
  ['cannot be made', (folder: string) => backupsOf({ path: `${folder}/nowhere` } as ReturnType<typeof temporaryFolder>)],
  ['cannot be proved', damagedBackupsOf],
])(
  'P15 P27 a scheduled backup that %s is one mail, however often it is tried again',
  async (_, open) => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const subjects = await subjectsOfNight(folder, open(folder.path))
    expect(subjects).toEqual([expect.stringContaining('no good backup')])
  },
  120_000,
)

test('a scheduled backup that was made and proved is no mail', async () => {
  using folder = temporaryFolder()
  fillFolder(folder)
  expect(await subjectsOfNight(folder, backupsOf(folder))).toEqual([])
})
