/**
 * What cloaking takes of ingest, side by side: the room that prepares events is built twice, once with an engine that gives every text back, and both prepare the
 * mix of the ingest benchmark in turn in one process. Prints the processor time an event of each, and the share of all that the service spends on one.
 *   node script/bun.mjs run bench/cloak-share.ts [--rounds 30] [--service 110]
 * `--service` is the processor time that the whole service takes an event, in microseconds: 110 for single events, 50 in batches (docs/performance.md).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { readWire as Read } from '../src/event/wire.ts'
import type { prepareInstall as Prepare } from '../src/ingest/prepare.ts'
import { makeTemplates } from './ingest/mix.ts'
import { median } from './median.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' }, service: { type: 'string', default: '110' } } })
const policy = { repoOwners: ['community-scripts'], idSecret: new Uint8Array(32) }
const encoder = new TextEncoder()
const events = makeTemplates(2_000, 7).map(({ body }, index) =>
  encoder.encode(body.replaceAll('@ID@', `7d1f3c5a-0001-4b6e-9c2d-${index.toString(16).padStart(12, '0')}`)),
)

type Room = { readonly prepareInstall: typeof Prepare; readonly readWire: typeof Read }

const folder = mkdtempSync(join(tmpdir(), 'bench-cloak-share-'))
try {
  const rooms = { on: await buildRoom(true), off: await buildRoom(false) }
  const took = { on: [] as number[], off: [] as number[] }
  for (let round = -5; round < Number(values.rounds); round += 1) {
    for (const name of ['on', 'off'] as const) {
      const microseconds = prepareAll(rooms[name]) / events.length
      if (round >= 0) took[name].push(microseconds) // Rounds before have the code compiled.
    }
  }
  const [on, off] = [median(took.on), median(took.off)]
  console.log(
    `preparing an event: ${on.toFixed(2)} µs, ${off.toFixed(2)} µs with cloaking off (best ${Math.min(...took.on).toFixed(2)} and ${Math.min(...took.off).toFixed(2)})`,
  )
  console.log(
    `cloaking takes ${((100 * (on - off)) / Number(values.service)).toFixed(1)} % of the ${values.service} µs that the service spends on an event`,
  )
} finally {
  rmSync(folder, { recursive: true })
}

/** Reads and prepares every event of the mix; answers the processor time in microseconds. */
function prepareAll({ readWire, prepareInstall }: Room): number {
  const start = process.cpuUsage()
  for (const bytes of events) {
    const wire = readWire(bytes)
    if (wire.ok) prepareInstall(wire.value, policy)
  }
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/** The room as a module of its own; without cloaking the engine gives every text back. */
async function buildRoom(isCloaking: boolean): Promise<Room> {
  const entry = join(folder, `${isCloaking}.ts`)
  const from = (path: string) => JSON.stringify(join(import.meta.dir, '..', 'src', path))
  await Bun.write(entry, `export { readWire } from ${from('event/wire.ts')}\nexport { prepareInstall } from ${from('ingest/prepare.ts')}\n`)
  const built = await Bun.build({
    entrypoints: [entry],
    outdir: join(folder, String(isCloaking)),
    target: 'bun',
    plugins: [
      {
        name: 'cloaking off',
        setup(build) {
          if (isCloaking) return
          build.onLoad({ filter: /src\/cloak\/engine\.ts$/ }, () => ({
            contents: 'const none = []; export const cloak = (text) => ({ text, rules: none })',
            loader: 'ts',
          }))
        },
      },
    ],
  })
  const [module] = built.outputs
  if (module === undefined) throw new Error('nothing was built')
  return (await import(module.path)) as Room
}
