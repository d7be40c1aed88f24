/**
 * What the cloak API takes over loopback, from the built binary: requests a second of 500 characters with and without the types of names, the time of long texts,
 * the latency of `/healthz` meanwhile, and resident memory. Texts are those of the first labelled set.
 *   node script/bun.mjs run bench/cloak-api.ts [--binary dist/telemetry-service] [--seconds 8] [--rounds 3] [--connections 16]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { usualTypes } from '../src/cloak/entity-type.ts'
import { readLabelledSet } from '../test/cloak/labelled-set.ts'
import { startServiceProcess } from '../test/part/service.ts'
import { watchMemory } from './ingest/memory.ts'
import { runWrk } from './ingest/wrk.ts'
import { median } from './median.ts'

const { values } = parseArgs({
  options: {
    binary: { type: 'string', default: 'dist/telemetry-service' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
  },
})
const rounds = Number(values.rounds)
const textCharacters = 500
const healthPauseMs = 5
const names: ReadonlySet<string> = new Set(['PERSON', 'ORGANIZATION', 'LOCATION'])
const formed = usualTypes.filter((type) => !names.has(type))

const set = await readLabelledSet('first')
const everything = set.map(({ text }) => text).join('\n')
const logs = set.flatMap(({ kind, text }) => (['install', 'syslog', 'trace'].includes(kind) ? [text] : [])).join('\n')
const shortTexts = Array.from({ length: Math.floor(everything.length / textCharacters) }, (_, index) =>
  everything.slice(index * textCharacters, (index + 1) * textCharacters).toWellFormed(),
)

const folder = mkdtempSync(join(tmpdir(), 'bench-cloak-api-'))
const service = await startServiceProcess({
  command: [resolve(values.binary)],
  env: { CLOAK_ACCESS: 'open', PIICLOAK_RATE_LIMIT: '0', LOG_LEVEL: 'error' },
})
try {
  row('what', 'median', 'all rounds')
  row('---', '---', '---')
  report('GET /healthz of an idle service, p99', 'ms', [await healthWhile(Bun.sleep(2_000))])
  await withMemory('500 characters without names', () => rate('500 characters without names, a second', formed))
  await withMemory('500 characters, all types', () => rate('500 characters, all types, a second'))
  await withMemory('long texts', longTexts)
} finally {
  await service.dispose()
  rmSync(folder, { recursive: true })
}

async function rate(name: string, entities?: readonly string[]): Promise<void> {
  const bodies = join(folder, 'bodies.ndjson')
  writeFileSync(bodies, shortTexts.map((text) => JSON.stringify({ text, entities })).join('\n'))
  const script = join(import.meta.dir, 'ingest', 'load.lua')
  const load = (seconds: number) =>
    runWrk({
      url: service.url,
      seconds,
      connections: Number(values.connections),
      script,
      args: [bodies, '1', '/anonymize', '1', '-', '1'],
    })
  await load(2) // Loads the rules and has them compiled.
  const rates: number[] = []
  const slowest: number[] = []
  let refused = 0
  for (let round = 0; round < rounds; round += 1) {
    const result = await load(Number(values.seconds))
    rates.push(result.perSecond)
    slowest.push(result.p99)
    refused += result.refused
  }
  report(name, '', rates)
  report('… their p99', 'ms', slowest)
  if (refused > 0) console.log(`${refused} requests were refused`)
}

/** One text at a time, and `/healthz` all the while. */
async function longTexts(): Promise<void> {
  for (const [name, text, length] of [
    ['50 kB of logs', logs, 50_000],
    ['500,000 characters', everything, 500_000],
    ['1,000,000 characters', everything, 1_000_000],
  ] as const) {
    const body = JSON.stringify({
      text: text
        .repeat(Math.ceil(length / text.length))
        .slice(0, length)
        .toWellFormed(),
    })
    await anonymize(body)
    const times: number[] = []
    const health: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const asked = anonymize(body)
      health.push(await healthWhile(asked))
      times.push(await asked)
    }
    report(`${name}, all types`, 'ms', times)
    report('… GET /healthz meanwhile, p99', 'ms', health)
  }
}

/** How many milliseconds one text takes until its answer has been read. */
async function anonymize(body: string): Promise<number> {
  const started = performance.now()
  const answer = await fetch(`${service.url}/anonymize`, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`POST /anonymize answered ${answer.status}`)
  return performance.now() - started
}

/** The p99 in milliseconds of `/healthz`, asked again and again until something is done. */
async function healthWhile(work: Promise<unknown>): Promise<number> {
  const times: number[] = []
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  do {
    const started = performance.now()
    await (await fetch(`${service.url}/healthz`)).arrayBuffer()
    times.push(performance.now() - started)
    await Bun.sleep(healthPauseMs)
  } while (!isDone)
  await done
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? Number.NaN
}

async function withMemory(name: string, work: () => Promise<void>): Promise<void> {
  const memory = watchMemory(service.pid)
  await work()
  report(`resident memory during ${name}, at most`, 'MB', [memory.stop().largest])
}

function report(what: string, unit: string, figures: readonly number[]): void {
  const show = (figure: number) => `${figure.toFixed(figure < 100 ? 1 : 0)}${unit === '' ? '' : ` ${unit}`}`
  row(what, show(median(figures)), figures.map(show).join(', '))
}

function row(...cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`)
}
