import { describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { lockFolder } from '../../src/base/lock.ts'
import type { ExitCode } from '../../src/cli/context.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { openControl } from '../../src/http/control/control.ts'
import { temporaryFolder } from '../store/folder.ts'
import { openSampleDesk, sampleContext } from './desk-sample.ts'

setDefaultTimeout(60_000) // Passwords are hashed, on a machine that may be busy.

const password = 'correct horse battery'
type Outcome = { readonly code: ExitCode; readonly out: string; readonly told: string; readonly questions: readonly string[] }

/** Runs one command line. `answers` are typed by a person, or come from a pipe. */
async function run(folder: string, words: readonly string[], answers: readonly string[] = [], asksPerson = false): Promise<Outcome> {
  const sample = sampleContext({ DATA_DIR: folder })
  const rest = [...answers]
  const questions: string[] = []
  const code = await runCommandLine(words, {
    ...sample,
    asksPerson,
    askLine: async (question, isSecret) => {
      questions.push(`${question}${isSecret ? '(hidden)' : ''}`)
      return rest.shift() ?? ''
    },
  })
  return { code, out: sample.out(), told: sample.told(), questions }
}

async function whileServing(folder: string, work: (desk: ReturnType<typeof openSampleDesk>) => Promise<void>): Promise<void> {
  const lock = lockFolder(folder)
  if (!lock.ok) throw new Error(lock.fault.message)
  const desk = openSampleDesk(folder)
  const control = openControl(lock.value, desk)
  try {
    await work(desk)
  } finally {
    await control.stop()
    desk.close()
    lock.value.release()
  }
}

const create = (name: string, role = 'admin') => ['user', 'create', name, '--role', role]

describe('users', () => {
  test('are made, listed and changed while the service runs, and while it does not', async () => {
    using folder = temporaryFolder()
    expect(await run(folder.path, create('Ada'), [password])).toMatchObject({
      code: 0,
      out: '',
      told: 'User ada is made, with the role admin in the tenant default.\n',
    })
    await whileServing(folder.path, async (desk) => {
      expect((await run(folder.path, create('bob@example.org', 'viewer'), [password])).code).toBe(0)
      expect((await run(folder.path, ['user', 'role', 'bob@example.org', '--role', 'maintainer'])).told).toBe(
        'User bob@example.org has the role maintainer.\n',
      )
      expect((await run(folder.path, ['user', 'disable', 'bob@example.org'])).told).toBe('User bob@example.org is disabled.\n')
      expect((await run(folder.path, ['user', 'list'])).out).toMatch(
        /bob@example\.org +maintainer +default +2026-06-15 +disabled 2026-06-15/,
      )
      expect((await run(folder.path, ['user', 'enable', 'bob@example.org'])).code).toBe(0)
      expect((await run(folder.path, ['user', 'password', 'bob@example.org'], ['another good password'])).code).toBe(0)
      expect((await desk.listUsers()).map(({ name, role }) => [name, role])).toEqual([
        ['ada', 'admin'],
        ['bob@example.org', 'maintainer'],
      ])
    })
    expect((await run(folder.path, ['user', 'delete', 'bob@example.org'])).told).toBe('User bob@example.org is deleted.\n')
    const listed = JSON.parse((await run(folder.path, ['user', 'list', '--json'])).out)
    expect(listed).toEqual([{ id: expect.any(String), name: 'ada', role: 'admin', tenant: 'default', createdAt: expect.any(Number) }])
  })

  test('a person types the password twice, unseen; a pipe gives it once', async () => {
    using folder = temporaryFolder()
    const typed = await run(folder.path, create('ada'), [password, password], true)
    expect([typed.code, typed.questions]).toEqual([0, ['Password: (hidden)', 'Password once more: (hidden)']])
    const wrong = await run(folder.path, create('bob'), [password, 'mistyped'], true)
    expect([wrong.code, wrong.told]).toEqual([2, 'error: the two passwords differ\n'])
    expect((await run(folder.path, create('bob'), [password])).questions).toEqual(['Password: (hidden)'])
    expect((await run(folder.path, create('eve'), [])).told).toContain('a password is needed')
  })

  test.each<[name: string, words: readonly string[], answers: readonly string[], code: ExitCode, message: string]>([
    ['a short password', create('bob'), ['short'], 2, 'a password must have at least 12 characters'],
    ['a name that is taken', create('ADA'), [password], 2, 'there is a user of that name already'],
    ['a name that can be none', create('a b'), [password], 2, 'a name must be 1 to 64 letters'],
    ['a tenant in capitals', [...create('bob'), '--tenant', 'Team'], [password], 2, '--tenant must be'],
    ['nobody to change', ['user', 'disable', 'nobody'], [], 1, 'there is no user of that name'],
    ['a name like a path', ['user', 'delete', '../keys'], [], 1, 'there is no user of that name'],
    ['the last admin to disable', ['user', 'disable', 'ada'], [], 1, 'this is the last admin'],
    ['the last admin to delete', ['user', 'delete', 'ada'], [], 1, 'this is the last admin'],
    ['a role that is none', ['user', 'role', 'ada', '--role', 'root'], [], 2, 'Allowed choices are viewer, maintainer, admin'],
  ])('%s is told, served or not', async (_, words, answers, code, message) => {
    using folder = temporaryFolder()
    await run(folder.path, create('ada'), [password])
    const alone = await run(folder.path, words, answers)
    expect([alone.code, alone.out, alone.told]).toEqual([code, '', expect.stringContaining(message)])
    await whileServing(folder.path, async () => expect(await run(folder.path, words, answers)).toEqual(alone))
  })

  test('an empty list says how to make one', async () => {
    using folder = temporaryFolder()
    expect((await run(folder.path, ['user', 'list'])).told).toContain('user create NAME --role admin')
  })
})

describe('the setup link', () => {
  test('is printed alone on stdout, lies in the file, and is refused once there is an admin', async () => {
    using folder = temporaryFolder()
    const printed = await run(folder.path, ['user', 'setup-link'])
    expect([printed.code, printed.out]).toEqual([0, expect.stringMatching(/^https:\/\/telemetry\.example\.org\/setup\/\w{43}\n$/)])
    expect(readFileSync(folder.file('setup-link'), 'utf8')).toBe(printed.out)
    await whileServing(folder.path, async () => {
      const again = await run(folder.path, ['user', 'setup-link'])
      expect(again.code).toBe(0)
      expect(again.out).not.toBe(printed.out)
      await run(folder.path, create('ada'), [password])
      expect(await run(folder.path, ['user', 'setup-link'])).toMatchObject({
        code: 1,
        out: '',
        told: expect.stringContaining('an admin already'),
      })
    })
  })
})
