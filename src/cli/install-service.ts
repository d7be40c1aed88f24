import { realpathSync, writeFileSync } from 'node:fs'
import { isAbsolute, normalize } from 'node:path'
import type { Command } from 'commander'
import { faultCode } from '../base/fault-code.ts'
import type { Context, ExitCode } from './context.ts'
import type { End } from './end.ts'
import { isBuilt } from './own-command.ts'
import { refuse } from './refuse.ts'
import { hiddenBy, unitOf } from './unit.ts'

type Options = { path: string; environment: string; program?: string; lowPorts?: true; force?: true; print?: true }

const everybodyReads = 0o644
/** `install-service`: the unit for systemd. */
export function addInstallService(program: Command, context: Context, end: End): void {
  program
    .command('install-service')
    .description(
      'Writes a unit for systemd that leaves the service its folder, the network and nothing else. Never writes over one that is there, unless --force is given.',
    )
    .option('--path <file>', 'where the unit goes', '/etc/systemd/system/telemetry-service.service')
    .option('--environment <file>', 'the file that holds the settings; it may be missing', '/etc/telemetry-service/environment')
    .option('--program <file>', 'the program to start; this one when it is a built one')
    .option('--low-ports', 'let it listen on ports below 1024')
    .option('--force', 'write over a unit that is there')
    .option('--print', 'print the unit and write nothing')
    .action((options: Options) => end(installService(context, options)))
}

function installService(context: Context, options: Options): ExitCode {
  const program = options.program ?? (isBuilt ? process.execPath : undefined)
  if (program === undefined) return refuse(context, 'this runs from sources: give the built program with --program')
  for (const path of [program, options.environment, options.path]) {
    // A space or a per cent sign means something to systemd.
    if (!isAbsolute(path) || !/^[A-Za-z0-9/._+@-]+$/.test(path))
      return refuse(context, `${JSON.stringify(path)} must be a whole path of letters, digits and / . _ + @ -`)
  }
  const hidden = hiddenFrom(program)
  if (hidden !== undefined)
    return refuse(context, `the unit could not start ${program}: ${hidden}. Copy it to /usr/local/bin, and give that with --program`)
  const unit = unitOf({ program, environmentFile: options.environment, takesLowPorts: options.lowPorts === true })
  if (options.print) {
    context.print(unit)
    return 0
  }
  try {
    writeFileSync(options.path, unit, { mode: everybodyReads, flag: options.force ? 'w' : 'wx' })
  } catch (cause) {
    const code = faultCode(cause)
    context.tell(
      `error: ${options.path} ${code === 'EEXIST' ? 'is there already: give --force to write over it' : `cannot be written (${code})`}\n`,
    )
    return 1
  }
  context.tell(`${options.path} is written. Next: systemctl daemon-reload && systemctl enable --now telemetry-service\n`)
  return 0
}

/** Why the service would not find the program, by its path or by what that leads to. */
function hiddenFrom(program: string): string | undefined {
  return hiddenBy(normalize(program)) ?? hiddenBy(resolved(program))
}

/** Where a path leads in the end; the path itself while nothing is there. */
function resolved(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
