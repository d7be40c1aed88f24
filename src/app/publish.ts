import { existsSync } from 'node:fs'
import { openAccessDatabaseToInspect } from '../access/database.ts'
import { type ErrorStates, openErrorStates } from '../access/error-state.ts'
import { openPublishFolder } from '../archive/publish-folder.ts'
import { type Clock, systemClock } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import { defaultTenant } from '../base/tenant.ts'
import type { Settings } from '../config.ts'
import type { PageParts } from '../http/page/parts.ts'
import { aboutFile, publishedBy, publishPages } from '../http/publish/publish.ts'
import { sumOf } from '../page/outcome.ts'
import { StoreReaders } from '../store/reader.ts'
import { readSealedDay } from '../store/seal.ts'
import { pathsOf } from './folder.ts'

/** What was published: how many files, and up to when they count, in milliseconds since 1970. */
export type Published = { readonly files: number; readonly asOf: number }

/**
 * Writes the pages that PUBLIC_DASHBOARD opens into a folder, as files. Takes no lock: it only reads, also beside a running service. The folder is there
 * when it is whole. The fault is a sentence for the operator, and nothing was changed then.
 */
export async function publishFolder(
  settings: Settings,
  out: string,
  report: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<Result<Published, string>> {
  const { storePath, accessPath } = pathsOf(settings)
  using access = existsSync(accessPath) ? openAccessDatabaseToInspect(accessPath) : undefined
  const faults: Error[] = []
  const reader = new StoreReaders(storePath, (fault) => void faults.push(fault))
  try {
    if (sumOf(await reader.totals({ tenant: defaultTenant })) === 0) return err('there is no run yet: nothing to publish')
    const target = openPublishFolder(out, { name: aboutFile, madeBy: publishedBy })
    if (!target.ok) return target
    await using folder = target.value
    const asOf = systemClock.now()
    const clock: Clock = { ...systemClock, now: () => asOf }
    const errorStates = access === undefined ? noStates : openErrorStates(access, { clock })
    let done = 0
    const parts = publicPartsOf(settings, { reader, errorStates, clock, sealedDay: readSealedDay(storePath) })
    for await (const { path, text, files } of publishPages(parts)) {
      await folder.write(path, text)
      done += 1
      report({ done, total: files })
    }
    await folder.commit()
    return ok({ files: done, asOf })
  } catch (cause) {
    throw faults[0] ?? cause
  } finally {
    await reader.close()
  }
}

const noStates: Pick<ErrorStates, 'muted' | 'find'> = { muted: () => [], find: () => new Map() }

type PublicParts = Pick<PageParts, 'reader' | 'clock'> & {
  readonly errorStates: Pick<ErrorStates, 'muted' | 'find'>
  readonly sealedDay: number | undefined
}

/** What public pages are made with. They ask for nothing that only who signed in is shown; if one did, it would be a fault of ours. */
function publicPartsOf(settings: Settings, { reader, errorStates, clock, sealedDay }: PublicParts): PageParts {
  return {
    reader,
    lane: { waitMs: () => 0, wrote: () => undefined }, // No event comes in here.
    clock,
    publicRunsMin: settings.publicMinRuns,
    sealedDay: () => sealedDay,
    errorStates: { ...errorStates, mute: refuse, unmute: refuse },
    idSecret: new Uint8Array(),
    mirroredRevision: refuse,
    exportSeats: { take: async () => refuse() },
    noteExport: refuse,
    identity: { isSecure: refuse },
    issues: { isOn: false, find: refuse, open: async () => refuse() },
    issueRepository: '',
    origin: refuse,
    serviceState: async () => refuse(),
    systemState: async () => refuse(),
    sendCard: refuse,
    nameOf: refuse,
  }
}

function refuse(): never {
  throw new Error('a public page asks for what only who signed in is shown')
}
