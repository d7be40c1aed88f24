import { expect, test } from 'bun:test'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { builtBinary } from '../part/binary.ts'
import { freePort } from '../part/pocketbase.ts'
import { temporaryFolder } from '../store/folder.ts'
import { readText } from '../tidy/source.ts'
import { until } from '../wait.ts'
import { codeIn, sectionOf } from './paper.ts'

const buildMs = 180_000
/** What the paper promises, of which most is left to the reader. */
const commandsMs = 120_000

/** A unit hides temporary folders from its program, so it is written for this path and leads to the copy afterwards. */
const documented = '/usr/local/bin/telemetry-service'

/** The commands of the section, in their order. */
const commands = codeIn(sectionOf(readText('docs/operations.md'), 'From a copy to a proved backup')).replaceAll(/^```.*$/gm, '')

/**
 * In place of systemd: starts what the unit that was just written names, and comes back once it serves. All else is run as it stands in the paper, with
 * folders and port of this test for those of a machine.
 */
const systemd = (unit: string) => `
systemctl() {
  [ "$1" = daemon-reload ] && return
  $(sed -n 's/^ExecStart=//p' '${unit}') >"$DATA_DIR.log" 2>&1 &
  echo $! >"$DATA_DIR.pid"
  for _ in $(seq 300); do [ -e "$DATA_DIR/setup-link" ] && return; sleep 0.1; done
  return 1
}
`

test(
  'docs/operations.md leads from a copy of the built program to a proved backup, command by command',
  async () => {
    using folder = temporaryFolder()
    const [bin, data, unit] = [folder.file('bin'), folder.file('data'), folder.file('own.service')]
    copyFileSync(await builtBinary(), folder.file('telemetry-service'))
    const port = freePort()
    const script = commands
      .replaceAll('/usr/local/bin', bin)
      .replaceAll('/var/lib/telemetry-service', data)
      .replaceAll('localhost:8080', `localhost:${port}`)
      .replace(
        'install-service\n',
        `install-service --path ${unit} --program ${documented}\nsed -i 's#${documented}#${bin}/telemetry-service#' ${unit}\n`,
      )
    const child = Bun.spawn(['bash', '-euxo', 'pipefail', '-c', `mkdir '${bin}'\n${systemd(unit)}${script}`], {
      cwd: folder.path,
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, DATA_DIR: data, LISTEN_ADDR: `127.0.0.1:${port}` },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
      timeout: commandsMs,
    })
    try {
      const [out, told, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
      if (code !== 0) throw new Error(`${told}${out}`)
      expect(readFileSync(unit, 'utf8')).toContain(`ExecStart=${bin}/telemetry-service serve\n`)
      expect(out).toContain('"nsapp":"hello"')
      expect(out).toMatch(/^ok +disk /m)
      expect(out).not.toContain('WRONG')
      expect(told).toMatch(/is whole: 1 run and all else as it was written down/)
      const link = /^http:\/\/\S+\/setup\/\S+$/m.exec(out)?.[0] ?? ''
      expect((await fetch(link)).status).toBe(200)
    } finally {
      await endService(`${data}.pid`)
    }
  },
  buildMs + commandsMs,
)

/** Ends what the commands started, before its folder goes. */
async function endService(pidFile: string): Promise<void> {
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8'))
  process.kill(pid, 'SIGTERM')
  await until(() => !existsSync(`/proc/${pid}/exe`), 'the end of the service')
}
