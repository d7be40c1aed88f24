import { assert } from '../base/assert.ts'
import { answerCalls } from '../base/call.ts'
import { standBack } from '../base/priority.ts'
import type { AnalysisQuery } from './analysis-port.ts'
import type { RunId } from './port.ts'
import type { RecentQuery, RecordsQuery, RunCountQuery, RunListQuery, StoreReader, TotalsQuery } from './reader-port.ts'
import { openStoreReader } from './sqlite-reader.ts'

let opened: StoreReader | undefined

/** The reading thread's methods: those of `StoreReader`, each with one argument. */
const handlers = {
  open(path: string) {
    opened?.close()
    opened = openStoreReader(path)
  },
  totals: (query: TotalsQuery) => reader().totals(query),
  /** As text: whole lists of groups are written and read in half the time that copying them would take. */
  analyse: (query: AnalysisQuery) => JSON.stringify(reader().analyse(query)),
  scriptFirstDays: (tenant: string) => reader().scriptFirstDays(tenant),
  recentScripts: (query: RecentQuery) => reader().recentScripts(query),
  latest: ({ tenant, limit }: { tenant: string; limit: number }) => reader().latest(tenant, limit),
  recordsPage: ({ query, now }: { query: RecordsQuery; now: number }) => reader().recordsPage(query, now),
  runList: (query: RunListQuery) => reader().runList(query),
  countRuns: (query: RunCountQuery) => reader().countRuns(query),
  record: (id: RunId) => reader().record(id),
  recordsByRandomId: ({ tenant, randomId }: { tenant: string; randomId: string }) => reader().recordsByRandomId(tenant, randomId),
  errorGroups: ({ tenant, fingerprints, isBrief }: { tenant: string; fingerprints: readonly string[]; isBrief: boolean }) =>
    reader().errorGroups(tenant, fingerprints, isBrief),
  errorGroupSamples: ({ tenant, fingerprint, limit }: { tenant: string; fingerprint: string; limit: number }) =>
    reader().errorGroupSamples(tenant, fingerprint, limit),
  cursor: (consumer: string) => reader().cursor(consumer),
  close() {
    opened?.close()
    opened = undefined
  },
}

export type ReaderHandlers = typeof handlers

function reader(): StoreReader {
  assert(opened !== undefined, 'the store is opened before it is asked')
  return opened
}

standBack() // Whoever reads pages without pause must not hold up who sends events.
answerCalls(handlers)
