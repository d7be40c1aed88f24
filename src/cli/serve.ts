import type { Command } from 'commander'
import type { Clock } from '../base/clock.ts'
import { faultCode } from '../base/fault-code.ts'
import type { Log } from '../base/log.ts'
import { openLogFiles } from '../base/log-file.ts'
import type { LinePlace } from '../base/log-output.ts'
import { late, within } from '../base/within.ts'
import type { Settings } from '../config.ts'
import { bannerOf, setupLineOf } from './banner.ts'
import type { Context, ExitCode } from './context.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'
import type { StartImport } from './start-import.ts'

/** The time the service has for stopping; past it the process ends as failed. Everything acknowledged is on disk either way. */
const stopLimitMs = 9_500
/** npm and the terminal both pass one Ctrl+C on, so signals this close to the first one are the same request. */
const sameSignalMs = 1_000

/** `serve`, also without a command. */
export function addServe(program: Command, context: Context, end: End): void {
  program
    .command('serve')
    .description('Runs the service until SIGTERM or SIGINT. This is what happens without a command.')
    .action(async () => end(await serve(context)))
}

async function serve(context: Context): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const [service, { openLog }] = await Promise.all([context.loadService(), import('../base/log.ts')])
  const { logLevel, logDir } = config.settings
  const files = logDir === undefined ? undefined : openLogDir(logDir, context.clock)
  const { log, lostLines, settle } = openLog({ level: logLevel, room: 'service', files })
  const stopAsked = waitForSignal()
  const running = await service.startService(config.settings, { log, lostLines })
  context.tell(bannerOf(config.settings, running.url, running.setup?.file))
  context.print(setupLineOf(running.setup?.url, context.printsToTerminal))
  const imported = config.settings.runMigration ? await beginImport(context, config.settings, log) : undefined

  const stopped = stopAsked.then((signal) => ({ signal, code: 0 }) as const)
  const failed = imported?.failed.then(() => ({ signal: 'MIGRATION_REQUIRED', code: 1 }) as const)
  const { signal, code } = await (failed !== undefined && config.settings.migrationRequired ? Promise.race([stopped, failed]) : stopped)
  log.info({ signal }, 'stopping')
  const isStopped = (await within(stopLimitMs, Promise.all([running.stop(), imported?.stop()]))) !== late
  if (isStopped) log.info({}, 'stopped')
  else log.error({ limit_ms: stopLimitMs }, 'did not stop in time')
  await settle()
  return isStopped ? code : 1
}

async function beginImport(context: Context, settings: Settings, log: Log): Promise<StartImport> {
  const { beginStartImport } = await import('./start-import.ts')
  return beginStartImport(context, settings, log)
}

function openLogDir(folder: string, clock: Clock): LinePlace {
  try {
    return openLogFiles(folder, clock)
  } catch (cause) {
    throw new Error(`LOG_DIR is ${JSON.stringify(folder)}: the folder cannot be written to (${faultCode(cause)})`)
  }
}

/** Resolves with the first signal that asks to stop. A later one ends the process at once. */
function waitForSignal(): Promise<string> {
  return new Promise((resolve) => {
    let first: number | undefined
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        const now = performance.now()
        if (first !== undefined && now - first > sameSignalMs) process.exit(1)
        first ??= now
        resolve(signal)
      })
    }
  })
}
