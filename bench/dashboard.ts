import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type ServiceProcess, startServiceProcess } from '../test/part/service.ts'
import { type Row, rowsOf } from './dashboard/question.ts'
import { type Seen, signInWith, type Visitor } from './dashboard/visitor.ts'
import { makeKey } from './key.ts'

/**
 * How fast the pages of a filled store are, one connection, nothing cached by the client:
 *   node script/bun.mjs run bench/dashboard.ts --folder DIR [--binary dist/telemetry-service] [--asks 120] [--only TEXT]
 * DIR comes from bench/dashboard-fill.ts. Each row is asked as often before it is counted, and printed with the median, the 99th percentile and the
 * slowest answer in milliseconds with its address, and the largest page in KB as sent. Times are the client's: the way over loopback and gzip are in them.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    binary: { type: 'string' },
    asks: { type: 'string', default: '120' },
    only: { type: 'string', default: '' },
  },
})
if (values.folder === undefined) throw new Error('--folder is missing')
const deepPages = 150
const port = 20_000 + Math.floor(Math.random() * 20_000)

const folder = values.folder
const visitor = await enter()
const service = await coldStart()
try {
  const rows = rowsOf(await latestOf(), await deepOf())
  for (const row of rows.filter(({ name }) => name.includes(values.only))) console.log(await measureRow(row))
} finally {
  await service.end('SIGTERM')
}

function start(): Promise<ServiceProcess> {
  return startServiceProcess({
    folder,
    env: { LOG_LEVEL: 'warn', LISTEN_ADDR: `127.0.0.1:${port}` },
    ...(values.binary !== undefined && { command: [join(process.cwd(), values.binary)] }),
  })
}

/** Signs in at a service that then ends: its session outlives it. */
async function enter(): Promise<Visitor> {
  const first = await start()
  const signedIn = await signInWith(first.url, await makeKey(first, 'read'))
  await first.end('SIGTERM')
  return signedIn
}

/** The service as it is found after a start, with what its first answer took. */
async function coldStart(): Promise<ServiceProcess> {
  const begun = performance.now()
  const started = await start()
  const serving = performance.now() - begun
  const { took } = await visitor.see('/dashboard')
  console.log(`cold start: serving after ${serving.toFixed(0)} ms, the overview after ${took.toFixed(0)} ms more (target 200 in all)`)
  return started
}

async function measureRow({ name, targetMs, paths }: Row): Promise<string> {
  const seen: (Seen & { readonly path: string })[] = []
  // What the engine compiles and the disk reads for the first time is the start's cost: a service runs for weeks.
  for (let ask = 0; ask < Math.max(paths.length, Number(values.asks)); ask += 1) await visitor.see(paths[ask % paths.length] ?? '/')
  for (let ask = 0; ask < Number(values.asks); ask += 1) {
    const path = paths[ask % paths.length] ?? '/'
    const answer = await visitor.see(path)
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
    seen.push({ ...answer, path })
  }
  const sorted = seen.toSorted((a, b) => a.took - b.took)
  const at = (share: number): string => (sorted[Math.ceil(share * sorted.length) - 1]?.took ?? Number.NaN).toFixed(1)
  const weight = Math.max(...seen.map(({ bytes }) => bytes)) / 1_000
  return (
    `${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (target ${targetMs}), slowest ${at(1)} ms ${sorted.at(-1)?.path}, ` +
    `largest ${weight.toFixed(1)} KB`
  )
}

/** The ids of the newest runs. */
async function latestOf(): Promise<readonly string[]> {
  const { text } = await visitor.see('/records')
  return [...text.matchAll(/href="\/records\/([0-9a-f-]+)"/g)].map((match) => match[1] ?? '').slice(0, 40)
}

/** The addresses of pages far behind the first one, as a reader comes to them. */
async function deepOf(): Promise<readonly string[]> {
  const found: string[] = []
  let path = '/records?period=all'
  for (let page = 0; page < deepPages; page += 1) {
    const next = /href="(\/records\?[^"]*after=[^"]*)"/.exec((await visitor.see(path)).text)?.[1]
    if (next === undefined) break
    path = next.replaceAll('&amp;', '&')
    found.push(path)
  }
  return found.slice(-40)
}
