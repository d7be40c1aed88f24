import { describe, expect, test } from 'bun:test'
import { err, ok } from '../../src/base/result.ts'
import type { Service, Superuser } from '../../src/cli/context.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { sampleContext } from './desk-sample.ts'

const env = { PB_URL: 'http://pocketbase:8090', PB_IDENTITY: 'service', PB_PASSWORD: 'word' }

async function run(line: string, answers: readonly string[], offered: Partial<Service>) {
  const sample = sampleContext(env)
  const service = { ...(await sample.loadService()), ...offered }
  const rest = [...answers]
  const questions: [question: string, isSecret: boolean][] = []
  const code = await runCommandLine(line.split(' '), {
    ...sample,
    loadService: async () => service,
    askLine: async (question, isSecret) => {
      questions.push([question, isSecret])
      return rest.shift() ?? ''
    },
  })
  return { code, out: sample.out(), told: sample.told(), questions }
}

describe('setup pocketbase', () => {
  test('asks for the superuser, hides the password, and tells each change', async () => {
    const given: Superuser[] = []
    const outcome = await run('setup pocketbase', ['root@example.org', 'canary'], {
      setupPocketBase: async (_, superuser) => {
        given.push(superuser)
        return ok(['Made the collection.'])
      },
    })
    expect(given).toEqual([{ identity: 'root@example.org', password: 'canary' }])
    expect(outcome.questions.map(([, isSecret]) => isSecret)).toEqual([false, true])
    expect(outcome).toMatchObject({ code: 0, told: expect.stringContaining('Made the collection.') })
    expect(outcome.told + outcome.out).not.toContain('canary')
  })

  test('with --superuser only the password is asked for', async () => {
    const outcome = await run('setup pocketbase --superuser root@example.org', ['word'], { setupPocketBase: async () => ok([]) })
    expect(outcome).toMatchObject({ code: 0, questions: [[expect.any(String), true]] })
  })

  test('other members of the auth collection are admitted with --admit-members alone', async () => {
    const admitted: boolean[] = []
    const service = {
      setupPocketBase: async (_settings: unknown, _superuser: unknown, admitsMembers: boolean) => {
        admitted.push(admitsMembers)
        return ok([])
      },
    }
    for (const flag of ['', ' --admit-members']) await run(`setup pocketbase --superuser root@example.org${flag}`, ['word'], service)
    expect(admitted).toEqual([false, true])
  })

  test('a refusal is told, with exit code 1', async () => {
    const outcome = await run('setup pocketbase', ['a', 'b'], {
      setupPocketBase: async () => err({ message: 'The superuser was refused.' }),
    })
    expect(outcome).toMatchObject({ code: 1, told: 'error: The superuser was refused.\n' })
  })

  test('without a password nothing is tried', async () => {
    expect(await run('setup pocketbase', ['a', ''], {})).toMatchObject({ code: 2, told: expect.stringContaining('a password are needed') })
  })
})

describe('rebuild', () => {
  test('tells how many records it pulled', async () => {
    const rebuildFromPocketBase: Service['rebuildFromPocketBase'] = async (_, report) => {
      report({ done: 1, total: 3 })
      return { done: 3, total: 3 }
    }
    expect(await run('rebuild --from pocketbase', [], { rebuildFromPocketBase })).toMatchObject({
      code: 0,
      told: '3 records are in the store.\n',
    })
    expect((await run('rebuild --from pocketbase --json', [], { rebuildFromPocketBase })).out).toBe('{"done":3,"total":3}\n')
  })

  test('a fault is told with its cause, without a stack, with exit code 1', async () => {
    const rebuildFromPocketBase = async () => {
      throw new Error('pull from PocketBase', { cause: new Error('unreachable') })
    }
    expect(await run('rebuild --from pocketbase', [], { rebuildFromPocketBase })).toMatchObject({
      code: 1,
      told: 'error: pull from PocketBase: unreachable\n',
    })
  })
})
