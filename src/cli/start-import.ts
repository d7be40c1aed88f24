import { join } from 'node:path'
import { type BookOptions, nameOfImport } from '../../migration/import/import-book.ts'
import { readStartMark, removeStartMark, writeStartMark } from '../app/start-mark.ts'
import type { Log } from '../base/log.ts'
import { err, ok, type Result } from '../base/result.ts'
import { defaultTenant } from '../base/tenant.ts'
import type { Settings } from '../config.ts'
import type { Context } from './context.ts'
import { readImportChoice } from './import-choice.ts'
import { openSource } from './import-source.ts'
import { ownCommand } from './own-command.ts'

/** The import that a start of the service began. */
export type StartImport = {
  /** Resolves when it has failed, which it may never do. */
  readonly failed: Promise<void>
  /** Ends it where it is; the next start goes on from there. */
  stop(): Promise<void>
}

/**
 * Begins the import of RUN_MIGRATION beside the running service: the same command as an operator's, in a process of its own, which ends with this one. What
 * was taken to its end by an earlier start is not begun again.
 */
export function beginStartImport(context: Context, { dataDir }: Settings, log: Log): StartImport {
  const folder = join(dataDir, 'import')
  const failed = Promise.withResolvers<void>()
  let child: Bun.Subprocess<'pipe', 'ignore', 'pipe'> | undefined
  let isStopping = false

  async function run(): Promise<void> {
    const name = await findName(context)
    if (!name.ok) return fail(name.fault)
    const left = readStartMark(folder)
    if (left !== undefined && 'finished' in left && left.finished === name.value)
      return log.info({}, 'the import of RUN_MIGRATION is done since an earlier start')
    removeStartMark(folder)
    if (isStopping) return
    child = Bun.spawn([...ownCommand, 'import', '--of-service'], { env: context.env, stdin: 'pipe', stdout: 'ignore', stderr: 'pipe' })
    const fault = await tellLines(child.stderr, log)
    const code = await child.exited
    if (isStopping) return
    if (code !== 0) return fail(fault ?? `it ended with ${child.signalCode ?? `exit code ${code}`}`)
    writeStartMark(folder, { at: context.clock.now(), finished: name.value })
    log.info({}, 'the import of RUN_MIGRATION is done')
  }

  function fail(fault: string): void {
    log.error({ fault }, 'the import of RUN_MIGRATION failed: the next start tries it again')
    writeStartMark(folder, { at: context.clock.now(), failed: fault })
    failed.resolve()
  }

  const ended = run().catch((cause: unknown) => fail(cause instanceof Error ? cause.message : String(cause)))
  return {
    failed: failed.promise,
    stop: async () => {
      isStopping = true
      child?.kill()
      await ended
    },
  }
}

/** What an import takes, so that the next start knows whether that is done: of a file also when it was written to last. */
export function markNameOf({ source, choice }: Pick<BookOptions, 'source' | 'choice'>): string {
  return `${nameOfImport(source, choice)}-${source.file?.changedAt ?? 0}`
}

/** What the environment says shall be imported, as it is now. The fault is a sentence for the operator. */
async function findName(context: Context): Promise<Result<string, string>> {
  const choice = readImportChoice(undefined, { tenant: defaultTenant }, context.env)
  if (!choice.ok) return err(choice.fault)
  const { path, record } = choice.value
  const source = await openSource(context, { path, format: undefined }, { authCollection: '' })
  return source.ok ? ok(markNameOf({ source: source.value, choice: record })) : source
}

const faultPrefix = 'error: '

/** Each line that the command says becomes one of the log. Gives what it said to be wrong. */
async function tellLines(said: ReadableStream<Uint8Array>, log: Log): Promise<string | undefined> {
  let fault: string | undefined
  let rest = ''
  const decoder = new TextDecoder()
  for await (const bytes of said) {
    const lines = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith(faultPrefix)) fault = line.slice(faultPrefix.length)
      else log.info({}, `import: ${line}`)
    }
  }
  return fault
}
