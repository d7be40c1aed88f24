import type { Totals } from '../store/count/totals.ts'
import { addTotals } from '../store/count/totals.ts'
import type { AlertSource } from './source.ts'

type Reader = AlertSource['reader']

/**
 * The reader for looks at one moment of the past after another, each the last millisecond of a step: runs are counted in whole steps, each step once, and a
 * question that comes again is answered from before. A window that is no whole number of steps is widened to one.
 */
export function pastReader(reader: Reader, stepMs: number): Reader {
  const recentScripts = once((query: Parameters<Reader['recentScripts']>[0]) => reader.recentScripts(query))
  return {
    recentScripts: async ({ from, to, ...of }) => {
      const counts = new Map<string, Totals[]>()
      for (let step = Math.floor((from + 1) / stepMs); step < Math.floor((to + 1) / stepMs); step += 1)
        for (const one of await recentScripts({ ...of, from: step * stepMs, to: (step + 1) * stepMs }))
          counts.set(one.script, [...(counts.get(one.script) ?? []), one.counts])
      return [...counts].map(([script, all]) => ({ script, counts: addTotals(all) }))
    },
    analyse: once((query) => reader.analyse(query)),
    totals: once((query) => reader.totals(query)),
    errorGroups: (tenant, fingerprints) => reader.errorGroups(tenant, fingerprints),
  }
}

/** The machine as it was when a figure of it was kept. */
export function pastMachine(source: AlertSource, value: number): AlertSource {
  return {
    ...source,
    mirrorLag: () => value,
    disk: async () => ({ freeBytes: value, totalBytes: 100 }),
    timer: () => ({ doneAt: 0, failedRuns: value, nextAt: (after) => after }), // What was missed is counted in the figure already.
  }
}

function once<Query, Answer>(ask: (query: Query) => Promise<Answer>): (query: Query) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return (query) => {
    const name = JSON.stringify(query)
    const answer = answers.get(name) ?? ask(query)
    answers.set(name, answer)
    return answer
  }
}
