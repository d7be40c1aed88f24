import { describe, expect, test } from 'bun:test'
import { lockFolder } from '../../src/base/lock.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { openControl } from '../../src/http/control/control.ts'
import { temporaryFolder } from '../store/folder.ts'
import { openSampleDesk, sampleContext } from './desk-sample.ts'

async function run(folder: string, ...words: string[]) {
  const context = sampleContext({ DATA_DIR: folder, ALERT_ENABLED: 'true', SMTP_HOST: 'localhost', SMTP_TO: 'a@b.test' })
  const code = await runCommandLine(words, context)
  return { code, out: context.out(), told: context.told() }
}

/** Serves the control socket of the folder while the work runs, or does without. */
const ways: readonly [string, (folder: string, work: () => Promise<void>) => Promise<void>][] = [
  ['without a running service', (_, work) => work()],
  [
    'while the service runs',
    async (folder, work) => {
      const lock = lockFolder(folder)
      if (!lock.ok) throw new Error(lock.fault.message)
      const desk = openSampleDesk(folder)
      const control = openControl(lock.value, desk)
      try {
        await work()
      } finally {
        await control.stop()
        desk.close()
        lock.value.release()
      }
    },
  ],
]

describe.each(ways)('rules %s', (_, serving) => {
  test('are added, listed, muted and removed', async () => {
    using folder = temporaryFolder()
    await serving(folder.path, async () => {
      const words = ['alert', 'add', 'failure_rate', '--script', 'immich', '--threshold', '30.5', '--window', '60', '--for', '15']
      const made = await run(folder.path, ...words, '--quiet', '22-06')
      expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^failure-rate-[0-9a-f]{16}\n$/)])
      expect((await run(folder.path, ...words, '--quiet', '22-6')).out).toBe(made.out) // The same rule is one rule.
      const id = made.out.trim()
      const [row] = JSON.parse((await run(folder.path, 'alert', 'list', '--json')).out)
      expect(row).toMatchObject({
        worst: 'no_data',
        rule: { id, script: 'immich', threshold: 30.5, windowMin: 60, holdMin: 15, quiet: '22-6' },
      })
      expect((await run(folder.path, 'alert', 'mute', id, '--until', '12h')).told).toBe(
        `Rule ${id} is quiet until 2026-06-16T00:00:00.000Z.\n`,
      )
      expect((await run(folder.path, 'alert', 'list')).out).toContain('muted until 2026-06-16T00:00:00.000Z')
      expect((await run(folder.path, 'alert', 'mute', id, '--off')).told).toBe(`Rule ${id} speaks again.\n`)
      expect((await run(folder.path, 'alert', 'remove', id)).code).toBe(0)
      expect((await run(folder.path, 'alert', 'list')).told).toStartWith('No rules yet.')
    })
  })

  test('are added for a tenant that has a key, and about the machine for nobody but who runs the service', async () => {
    using folder = temporaryFolder()
    await serving(folder.path, async () => {
      await run(folder.path, 'key', 'create', '--scope', 'ingest', '--tenant', 'team-2')
      expect((await run(folder.path, 'alert', 'add', 'no_data', '--tenant', 'team-2')).code).toBe(0)
      expect((await run(folder.path, 'alert', 'add', 'no_data', '--tenant', 'team2')).told).toContain('Did you mean team-2?')
      const machine = await run(folder.path, 'alert', 'add', 'disk_full', '--tenant', 'team-2')
      expect([machine.code, machine.told]).toEqual([2, expect.stringContaining('belong to the tenant default')])
    })
  })

  test.each([
    ['an unknown kind', ['add', 'weather'], 2, 'the kind must be'],
    ['a threshold in words', ['add', 'disk_full', '--threshold', 'much'], 2, '--threshold'],
    ['a script where no runs are counted', ['add', 'disk_full', '--script', 'a'], 2, '--source and --script'],
    ['quiet hours in words', ['add', 'no_data', '--quiet', 'nights'], 2, '--quiet must be two different hours'],
    ['a tenant that nobody has', ['add', 'no_data', '--tenant', 'defualt'], 2, 'the tenant "defualt". Did you mean default?'],
    ['a moment that is none', ['mute', 'a', '--until', 'soon'], 2, '--until is "soon"'],
    ['a rule that is not there', ['mute', 'a'], 1, 'there is no rule'],
    ['to remove what is not there', ['remove', 'a'], 1, 'there is no rule'],
    ['to remove what settings make', ['remove', 'failure-rate'], 1, 'ALERT_FAILURE_THRESHOLD'],
    ['a channel that is down', ['test'], 1, 'mail: ESOCKET'],
  ])('refuse %s', async (_name, words, code, told) => {
    using folder = temporaryFolder()
    await serving(folder.path, async () => {
      const outcome = await run(folder.path, 'alert', ...words)
      expect([outcome.code, outcome.told]).toEqual([code, expect.stringContaining(told)])
    })
  })
})
