import { join } from 'node:path'
import { findUnlistedProxy, readStanding, type Standing } from '../access/standing.ts'
import type { Log } from '../base/log.ts'
import { maskSettings, type Settings } from '../config.ts'
import type { InspectDesk, Superuser } from '../http/control/control-inspect.ts'
import type { PartView } from '../page/system/system-view.ts'
import { examineAlerts } from './doctor-channel.ts'
import { examineProxy, examineTls } from './doctor-door.ts'
import {
  examineBackups,
  examineClock,
  examineDisk,
  examineFile,
  examineLogs,
  examineRights,
  examineSums,
  isThere,
} from './doctor-folder.ts'
import { examineStartImport } from './doctor-import.ts'
import { examineMissing, findMissing } from './doctor-missing.ts'
import { examineGithub, examineMail, examineMirror, examineWebhook, recipientsOf } from './doctor-outside.ts'
import { examineClosed, isOpenable } from './doctor-owner.ts'
import { pathsOf } from './folder.ts'

/**
 * Looks at everything that can be wrong. Only reads, also beside a running service; `outside` is that service's own look at what lies outside, for which it has
 * the secrets.
 */
export async function examine(settings: Settings, outside = () => examineOutside(settings)): Promise<readonly PartView[]> {
  const closed = examineClosed(settings.dataDir)
  if (closed !== undefined) return [closed, ...(await outside()), ...recipientsOf(settings)]
  const { storePath } = pathsOf(settings)
  const accessPath = join(settings.dataDir, 'access.db')
  const standing = standingOf(settings)
  const unlistedProxy = readOr(() => findUnlistedProxy(accessPath), undefined)
  const files = filesOf(settings)
  return [
    ...(await examineNear(settings, { standing, unlistedProxy, readsAll: true })),
    ...(await Promise.all(files.map(examineFile))),
    ...(files.includes(storePath) && isOpenable(storePath) ? await examineSums(storePath) : []),
    ...(await outside()),
    ...recipientsOf(settings),
  ]
}

/** How PocketBase, mail server, webhook and GitHub answer. A superuser of PocketBase sees there what the account does not. */
export async function examineOutside(settings: Settings, superuser?: Superuser): Promise<readonly PartView[]> {
  const looks = [examineMail(settings), examineWebhook(settings), examineGithub(settings)]
  return [...(await examineMirror(settings, standingOf(settings), superuser)), ...(await Promise.all(looks))]
}

/** What a service tells of itself to `doctor`. */
export function inspectDeskOf(settings: Settings): InspectDesk {
  return { readSettings: async () => maskSettings(settings), examineOutside: (superuser) => examineOutside(settings, superuser) }
}

/** What is seen at once, without the network and without reading whole files: for a page. */
export async function glance(settings: Settings, unlistedProxy: string | undefined): Promise<readonly PartView[]> {
  const near = await examineNear(settings, { standing: standingOf(settings), unlistedProxy, readsAll: false })
  return [...near, ...recipientsOf(settings)]
}

/** Says at a start, before anything is opened, which databases are gone from a folder that was in use. It goes on with empty ones: events are worth more than a refusal. */
export function tellMissing(settings: Settings, log: Log): void {
  for (const missing of findMissing(settings.dataDir, standingOf(settings).hasServed))
    log.error(missing, 'a database is gone from a folder that was in use: an empty one is made')
}

type Near = { readonly standing: Standing; readonly unlistedProxy: string | undefined; readonly readsAll: boolean }

async function examineNear(settings: Settings, { standing, unlistedProxy, readsAll }: Near): Promise<readonly PartView[]> {
  const files = filesOf(settings)
  return [
    ...examineRights([settings.dataDir, ...files]),
    ...examineMissing(settings.dataDir, standing.hasServed),
    await examineDisk(settings.dataDir),
    examineLogs(settings),
    examineClock(standing, files),
    await examineBackups(settings, standing, readsAll),
    examineTls(settings),
    examineProxy(settings, unlistedProxy),
    examineAlerts(settings),
    ...examineStartImport(settings),
  ]
}

function filesOf(settings: Settings): readonly string[] {
  const { journalPath, storePath } = pathsOf(settings)
  return [join(settings.dataDir, 'access.db'), journalPath, join(settings.dataDir, 'rate.db'), storePath].filter(isThere)
}

function standingOf({ dataDir }: Settings): Standing {
  return readOr(() => readStanding(join(dataDir, 'access.db')), { newestAt: 0 })
}

/** What is known without `access.db`, or with one that cannot be read: its integrity is a finding of its own. */
function readOr<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read()
  } catch {
    return otherwise
  }
}
