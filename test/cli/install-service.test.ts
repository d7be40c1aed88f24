import { describe, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { runCommandLine } from '../../src/cli/program.ts'
import { hasMeans } from '../part/means.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

const canRate = hasMeans('the rating of the unit', 'systemd-analyze', Bun.which('systemd-analyze') !== null)
const program = '/usr/local/bin/telemetry-service'

async function run(...words: readonly string[]) {
  const context = sampleContext({})
  return { code: await runCommandLine(['install-service', ...words], context), out: context.out(), told: context.told() }
}

describe('install-service', () => {
  test('writes a unit that starts the program with its folder and its file of settings', async () => {
    using folder = temporaryFolder()
    const path = folder.file('telemetry-service.service')
    expect((await run('--path', path, '--program', program)).code).toBe(0)
    const unit = readFileSync(path, 'utf8')
    expect(unit).toContain(`ExecStart=${program} serve\n`)
    expect(unit).toContain('EnvironmentFile=-/etc/telemetry-service/environment\n')
    for (const line of ['DynamicUser=yes', 'ProtectSystem=strict', 'CapabilityBoundingSet=', 'SystemCallFilter=@system-service'])
      expect(unit).toContain(`${line}\n`)
  })

  test('never writes over a unit that is there, unless it is told to', async () => {
    using folder = temporaryFolder()
    const path = folder.file('own.service')
    writeFileSync(path, 'own')
    const refused = await run('--path', path, '--program', program)
    expect([refused.code, readFileSync(path, 'utf8')]).toEqual([1, 'own'])
    expect(refused.told).toContain('is there already: give --force')
    expect((await run('--path', path, '--program', program, '--force')).code).toBe(0)
    expect(readFileSync(path, 'utf8')).toContain('[Service]')
  })

  test('prints it and writes nothing', async () => {
    using folder = temporaryFolder()
    const path = folder.file('not.service')
    const printed = await run('--print', '--path', path, '--program', program, '--low-ports')
    expect(printed.out).toContain('AmbientCapabilities=CAP_NET_BIND_SERVICE\n')
    expect(existsSync(path)).toBe(false)
  })

  test.skipIf(!canRate).each([
    ['as it is', [], 1.5],
    ['with low ports', ['--low-ports'], 1.8],
  ] as const)('writes a unit that systemd rates as hardened, %s', async (_, flags, most) => {
    using folder = temporaryFolder()
    const path = folder.file('telemetry-service.service')
    expect((await run('--path', path, '--program', program, ...flags)).code).toBe(0)
    const { stdout } = Bun.spawnSync(['systemd-analyze', 'security', '--offline=true', '--no-pager', path])
    const [, level = '10', word] = /exposure level for [^:]+: ([\d.]+) (\w+)/.exec(stdout.toString()) ?? []
    expect([Number(level) <= most, word]).toEqual([true, 'OK']) // Another systemd may count a tenth otherwise.
  })

  test.each([
    ['/home/a/t', 'ProtectHome=yes hides /home from it'],
    ['/root/x', 'ProtectHome=yes hides /root from it'],
    ['/opt/../root/x', 'ProtectHome=yes hides /root from it'],
    ['/tmp/x', 'PrivateTmp=yes hides /tmp from it'],
    ['/var/tmp/x', 'PrivateTmp=yes hides /var/tmp from it'],
  ])('refuses %s, which the unit itself would hide', async (hidden, reason) => {
    const refused = await run('--print', '--program', hidden)
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.told).toContain(reason)
    expect(refused.told).toContain('Copy it to /usr/local/bin')
  })

  test.skipIf(!existsSync('/proc/self/root'))('refuses what leads to a program that the unit would hide', async () => {
    const folder = mkdtempSync('/tmp/telemetry-test-')
    try {
      writeFileSync(`${folder}/program`, '')
      const refused = await run('--print', '--program', `/proc/self/root${folder}/program`)
      expect(refused.told).toContain('PrivateTmp=yes hides /tmp from it')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('takes a program in a folder of a like name', async () => {
    expect((await run('--print', '--program', '/opt/home/t')).code).toBe(0)
    expect((await run('--print', '--program', '/homes/t')).code).toBe(0)
  })

  test.each([
    ['no program, from sources', []],
    ['a program with a line break', ['--program', '/bin/x\nExecStartPre=/bin/y']],
    ['a path with a space', ['--program', '/opt/my service']],
    ['a path that is not whole', ['--program', 'telemetry-service']],
    ['a sign that systemd reads', ['--program', '/opt/%h']],
  ])('refuses %s', async (_, words) => {
    expect((await run('--print', ...words)).code).toBe(2)
  })
})
