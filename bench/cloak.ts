/**
 * How much processor time cloaking takes: megabytes a second on traces of installers, microseconds on short texts and fields,
 * each beside a plain search for one word in the same text and the same run, and microseconds an event of the mix that the ingest benchmark sends.
 * `node script/bun.mjs run bench/cloak.ts`
 */
import { cloak } from '../src/cloak/engine.ts'
import type { Profile } from '../src/cloak/profile.ts'
import { installFields } from '../src/event/install.ts'
import { normalizeInstall } from '../src/event/normalize.ts'
import { readWire } from '../src/event/wire.ts'
import { makeChance } from '../test/chance.ts'
import { makeTemplates } from './ingest/mix.ts'

const harmless = (await Bun.file(new URL('../test/fixture/cloak/harmless.txt', import.meta.url)).text())
  .split('\n')
  .filter((line) => line !== '')

/** Lines with something to hide; about one in twelve of a trace, as failing installers write them. */
const telling = [
  'curl: (7) Failed to connect to 192.168.1.77 port 8006 after 3 ms: Could not connect to server',
  'inet 192.x.x.51/24 brd 192.x.x.255 scope global eth0',
  "HTTPConnectionPool(host='nas.local', port=8123): Max retries exceeded",
  'Nov 22 11:40:42 pve-home systemd[1]: Started pve-container@101.service',
  'npm error path /home/maria/app/node_modules/bcrypt',
  'DATABASE_URL="postgresql://app:s3cret@db.kowalski.de:5432/app"',
  'link/ether bc:24:11:5a:00:1f brd ff:ff:ff:ff:ff:ff',
]

/** So long at least, so that the engine's compiler is through with what it compiles: traces are half as slow again in the first half second. */
const leastSeconds = 2
const leastRuns = 60

/** Takes every result, so that no work is optimized away. */
let _sink = 0

const random = makeChance(42)
const traces = Array.from({ length: 20 }, () => makeTrace(2_000 + Math.floor(random() * 8_000), 12))
const clean = Array.from({ length: 20 }, () => makeTrace(2_000 + Math.floor(random() * 8_000), Number.POSITIVE_INFINITY))
const shortTexts = Array.from({ length: 500 }, () => pick(harmless).padEnd(120, ' and so on').slice(0, 120))
const fields = ['immich', 'debian', '24.04', '8.2.7', 'default', 'n8n.io', 'draw.io', 'docker', 'node.js', 'amd64']

report('traces of 2-10 kB, 1 line in 12 to hide', traces, 'full', 1)
report('traces of 2-10 kB, nothing to hide', clean, 'full', 1)
report('texts of 120 characters', shortTexts, 'full', 4)
report('short fields', fields, 'field', 500)
report('processor models', ['Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz', 'AMD Ryzen 7 5800X 8-Core Processor'], 'field', 2_000)
reportMix(2_000)

type Text = { readonly text: string; readonly profile: Profile }

/** What each kind of the ingest mix costs an event, and the logs of its failed ones as texts. */
function reportMix(count: number): void {
  const events = makeTemplates(count, 7).map(({ kind, body }) => ({ kind, texts: textsOf(body) }))
  for (const kind of ['progress', 'success', 'failed', 'broken', 'all'] as const) {
    const chosen = events.filter((event) => kind === 'all' || event.kind === kind)
    const rounds = kind === 'failed' || kind === 'all' ? 1 : 20
    const seconds = fastest(() =>
      run(chosen, rounds, ({ texts }) => texts.reduce((sum, { text, profile }) => sum + cloak(text, profile).text.length, 0)),
    )
    console.log(`${`ingest mix, ${kind}`.padEnd(42)} ${((seconds / (rounds * chosen.length)) * 1e6).toFixed(2)} µs an event`)
  }
  const texts = events.flatMap((event) => event.texts)
  report('ingest mix, texts in full', textsWith(texts, 'full'), 'full', 1)
  report('ingest mix, fields', textsWith(texts, 'field'), 'field', 1)
}

/** The texts that ingest cloaks of a body. */
function textsOf(body: string): readonly Text[] {
  const wire = readWire(body.replaceAll('@ID@', '7d1f3c5a-0001-4b6e-9c2d-000000000001'))
  if (!wire.ok) return []
  const { install } = normalizeInstall(wire.value, { repoOwners: ['community-scripts'] })
  const fields = installFields.flatMap((field) => {
    const text = field.kind === 'text' && field.profile === 'field' ? install[field.name] : undefined
    return typeof text === 'string' ? [{ text, profile: 'field' as const }] : []
  })
  const free = [install.error, install.trace].flatMap((text) => (text === undefined ? [] : [{ text, profile: 'full' as const }]))
  return [...fields, ...free]
}

function textsWith(texts: readonly Text[], profile: Profile): readonly string[] {
  return texts.filter((one) => one.profile === profile).map(({ text }) => text)
}

function report(name: string, texts: readonly string[], profile: Profile, rounds: number): void {
  const seconds = fastest(() => run(texts, rounds, (text) => cloak(text, profile).text.length))
  const searching = fastest(() => run(texts, rounds, (text) => (text.includes('no such word') ? 1 : text.length)))
  const bytes = rounds * texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const figures = [
    `${(bytes / seconds / 1e6).toFixed(0)} MB/s`,
    `${((seconds / (rounds * texts.length)) * 1e6).toFixed(2)} µs a text`,
    `${(seconds / searching).toFixed(1)} × a plain search`,
  ]
  console.log(`${name.padEnd(42)} ${figures.join(', ')}`)
}

/** The best of many short runs: other work on the machine only ever makes a run slower. */
function fastest(work: () => number): number {
  const end = performance.now() + leastSeconds * 1_000
  let best = Number.POSITIVE_INFINITY
  for (let runs = 0; runs < leastRuns || performance.now() < end; runs += 1) best = Math.min(best, work())
  return best
}

/** The seconds of processor time that the work takes, waiting for other programs left out. */
function run<Input>(texts: readonly Input[], rounds: number, work: (text: Input) => number): number {
  const start = process.cpuUsage()
  for (let round = 0; round < rounds; round += 1) for (const text of texts) _sink += work(text)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

function makeTrace(length: number, tellingEvery: number): string {
  let text = ''
  while (text.length < length) text += `${pick(random() < 1 / tellingEvery ? telling : harmless)}\n`
  return text.slice(0, length)
}

function pick(lines: readonly string[]): string {
  return lines[Math.floor(random() * lines.length)] ?? ''
}
