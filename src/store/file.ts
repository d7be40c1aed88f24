import type { Database } from 'bun:sqlite'
import { store0001 } from '../../migration/schema/0001-store.ts'
import { store0002 } from '../../migration/schema/0002-mirror-link.ts'
import { store0003 } from '../../migration/schema/0003-rollup-cells.ts'
import { store0004 } from '../../migration/schema/0004-segment.ts'
import { store0005 } from '../../migration/schema/0005-error-group.ts'
import { store0006 } from '../../migration/schema/0006-chunk-version.ts'
import { store0007 } from '../../migration/schema/0007-unended.ts'
import { store0008 } from '../../migration/schema/0008-joined-chunk.ts'
import { store0009 } from '../../migration/schema/0009-erased.ts'
import { store0010 } from '../../migration/schema/0010-error-group-heir.ts'
import { store0011 } from '../../migration/schema/0011-rollup-week.ts'
import { store0012 } from '../../migration/schema/0012-crossed-day.ts'
import { store0013 } from '../../migration/schema/0013-crossed-day-open.ts'
import { type Migration, openDatabase, openReadOnly } from '../base/sqlite.ts'
import { openToInspect } from '../base/sqlite-copy.ts'

/** 'TSst' in ASCII. */
const applicationId = 0x5453_7374
export const storeMigrations: readonly Migration[] = [
  store0001,
  store0002,
  store0003,
  store0004,
  store0005,
  store0006,
  store0007,
  store0008,
  store0009,
  store0010,
  store0011,
  store0012,
  store0013,
]

/** Pages of WAL (64 MB) after which a commit checkpoints by itself; the consumer's own checkpoints come long before. */
const walPagesMax = 16_384

const remedy =
  'move it away with its -wal and -shm, keep the other files, and run `telemetry-service rebuild --from pocketbase`; without a PocketBase move all but the folder backup away, and put the newest backup back: `telemetry-service backup list` names it, `telemetry-service backup restore NAME` takes it'

/** The writer's connection. A power loss may take back the newest commits, never part of one: what they consumed is still in the journal. */
export function openStoreFile(path: string): Database {
  return openDatabase({ path, applicationId, migrations: storeMigrations, synchronous: 'normal', walPagesMax, remedy })
}

/** A reader's connection. Throws unless the writer has created the file and brought it up to date. */
export function openStoreFileToRead(path: string): Database {
  return openReadOnly({ path, applicationId, migrations: storeMigrations })
}

/** A connection to look at a store of this version or an older one, such as a copy. */
export function openStoreFileToInspect(path: string): Database {
  return openToInspect({ path, applicationId, migrations: storeMigrations })
}
