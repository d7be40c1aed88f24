import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { renderCommands } from '../../script/papers.ts'
import { commandsOf, topicsOf } from '../../src/cli/help.ts'
import { buildProgram, runCommandLine } from '../../src/cli/program.ts'
import { settingNames } from '../../src/setting.ts'
import { sampleContext } from './desk-sample.ts'

async function run(words: readonly string[], env = {}) {
  const context = sampleContext(env)
  const code = await runCommandLine(words, context)
  return { code, out: context.out(), told: context.told() }
}

const program = buildProgram(sampleContext({}), () => {})

describe('a wrong word is refused, with the right one where that is near', () => {
  test.each<[line: string, told: string]>([
    ['srve', 'error: "srve" is not a command. Did you mean `serve`?'],
    ['status', 'error: "status" is not a command. There are: serve, setup, '],
    ['key creat', 'error: "creat" is not a command. Did you mean `key create`?'],
    ['parked lst', 'Did you mean `parked list`?'],
    ['setup pocketbse', 'Did you mean `setup pocketbase`?'],
    ['key', 'error: key needs one of: create, list, revoke'],
    ['--port 80', 'error: --port is not a flag of telemetry-service.'],
    ['serve --port 80', 'error: --port is not a flag of serve.'],
    ['key create --scop read', 'error: --scop is not a flag of key create. Did you mean --scope?'],
    ['key create --scope=read --tenent=a', 'Did you mean --tenant?'],
    ['key list --jsn', 'Did you mean --json?'],
    ['health -j', 'error: -j is not a flag of health.'],
    ['key create', "required option '--scope <scope>' not specified"],
    ['key create --scope reed', 'Allowed choices are read, ingest, admin'],
    ['key revoke', "missing required argument 'id'"],
    ['key list extra', 'too many arguments'],
    ['rebuild --from mars', 'Allowed choices are pocketbase.'],
    ['help ratebust', 'error: there is no help on "ratebust". Did you mean `help RATE_BURST`?'],
    ['help nonsense', 'error: there is no help on "nonsense". `help` lists the commands, `help settings` the settings.\n'],
    [
      'help rate',
      'error: there is no help on "rate". There is help on RATE_LIMIT_RPM, RATE_BURST, RATE_KEY_MODE, RATE_KEY_HEADER, PIICLOAK_RATE_LIMIT.\n',
    ],
    ['help key remove', 'Did you mean `help key revoke`?'],
  ])('%s', async (line, told) => {
    const outcome = await run(line.split(' '))
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.told).toContain(told)
  })

  test.each(['--port 80', 'serve --port 80', 'health -j', 'status', 'help nonsense', 'key sausage'])(
    '%s is far from every right word',
    async (line) => {
      expect((await run(line.split(' '))).told).not.toContain('Did you mean')
    },
  )

  test('the value of a flag may look like a flag', async () => {
    const outcome = await run(['key', 'create', '--label', '--tenent', '--scope', 'reed'])
    expect(outcome.told).toContain('Allowed choices')
  })
})

describe('settings', () => {
  test.each(['serve', 'config print', 'health', 'key list', 'parked list', 'setup pocketbase', 'rebuild --from pocketbase'])(
    'an invalid setting stops %s with exit code 2 and a message that names setting, value and rule',
    async (line) => {
      const outcome = await run(line.split(' '), { RATE_BURST: 'many' })
      expect(outcome).toMatchObject({ code: 2, out: '', told: 'error: RATE_BURST is "many": must be a whole number from 1 to 100000\n' })
    },
  )

  test('a name that nearly is a setting gives a warning and the command goes on', async () => {
    const outcome = await run(['config', 'print'], { RATE_BRUST: '3' })
    expect(outcome).toMatchObject({ code: 0, told: 'warning: RATE_BRUST is not a setting and has no effect: did you mean RATE_BURST?\n' })
  })

  test('config print shows every setting, where it comes from, and no secret', async () => {
    const env = { PB_URL: 'https://pb.example.org', PB_IDENTITY: 'canary-name', PB_PASSWORD: 'canary-word', METRICS_ADDR: '[::1]:9100' }
    const text = await run(['config', 'print'], env)
    expect(text.out.split('\n').filter((line) => line !== '')).toHaveLength(settingNames.length + 1)
    expect(text.out).toMatch(/^PB_PASSWORD +\*{8} +env$/m)
    expect(text.out).toMatch(/^METRICS_ADDR +\[::1\]:9100 +env$/m)
    expect(text.out).toMatch(/^RATE_BURST +20 +default$/m)
    const json = await run(['config', 'print', '--json'], env)
    expect(JSON.parse(json.out)).toHaveLength(settingNames.length)
    expect(JSON.parse(json.out)).toContainEqual({ name: 'PB_URL', value: 'https://pb.example.org', source: 'env' })
    expect(text.out + text.told + json.out + json.told).not.toContain('canary')
  })

  test.each(['setup pocketbase', 'rebuild --from pocketbase'])('%s without PB_URL says what to set', async (line) => {
    expect(await run(line.split(' '))).toMatchObject({ code: 2, told: expect.stringContaining('PB_URL is not set') })
  })
})

describe('help', () => {
  test.each(topicsOf(program))('explains %s', async (topic) => {
    const outcome = await run(['help', ...topic.split(' ')])
    expect(outcome).toMatchObject({ code: 0, told: '' })
    expect(outcome.out.toLowerCase()).toContain(topic === 'settings' ? 'listen_addr' : topic.toLowerCase())
  })

  test('without a topic it lists the commands, the exit codes and where settings are explained', async () => {
    const { out } = await run(['help'])
    for (const [path] of commandsOf(program).filter(([name]) => !name.includes(' '))) expect(out).toContain(`  ${path} `)
    expect(out).toContain('Exit codes: 0 done, 1 failed, 2')
    expect(out).toContain('help settings')
  })

  test('a flag for help ends well', async () => {
    expect(await run(['key', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('create') })
  })
})

test('docs/cli.md is what the commands make', async () => {
  expect(await Bun.file(join(import.meta.dir, '../../docs/cli.md')).text()).toBe(renderCommands())
})
