/**
 * Makes a source for `import`: one JSON array of an earlier service's records with every oddity that such files have, always the same for a seed.
 *   node script/bun.mjs run bench/import-fill.ts --out FILE [--records 2500000] [--seed 1]
 * Of 1,000 records about 2 have no id, 5 are repeated, 3 name no type that exists, 2 no time, 2 are nearly JSON, and one in 20,000 has a log of 120 KB.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { generateEvent, generateId, seededRandom } from './generated-event.ts'

const recordsPerWrite = 2_000
const start = Date.UTC(2024, 5, 1)
const spanMs = 700 * 86_400_000
/** Records stand in the order in which they were written, a few hours or days late: a database gives them so. */
const latestMs = 2 * 86_400_000

if (import.meta.main) {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, records: { type: 'string', default: '2500000' }, seed: { type: 'string', default: '1' } },
  })
  if (values.out === undefined) throw new Error('--out FILE is needed')
  writeSource(values.out, Number(values.records), Number(values.seed))
}

/** Writes the array: a byte order mark before it, a comma behind its last record. Its records stand in the order of their time, or in none. */
export function writeSource(path: string, records: number, seed: number, isInOrder = true): void {
  const random = seededRandom(seed)
  const file = openSync(path, 'w')
  writeSync(file, '\uFEFF[\n')
  let last = ''
  for (let written = 0; written < records; ) {
    let part = ''
    for (const end = Math.min(records, written + recordsPerWrite); written < end; written += 1) {
      const isRepeated = last !== '' && random() < 0.005
      const share = isInOrder || isRepeated ? written / records : random()
      const text = isRepeated ? last : generateRecord(random, start + Math.floor(share * spanMs))
      last = text
      part += `${text},${random() < 0.3 ? '\r\n' : '\n'}`
    }
    writeSync(file, part)
  }
  writeSync(file, ']\n')
  closeSync(file)
}

function generateRecord(random: () => number, writtenAt: number): string {
  const { install } = generateEvent(generateId(random), random)
  const at = new Date(writtenAt - Math.floor(random() ** 8 * latestMs))
  const isFailed = install.status === 'failed'
  const record: Record<string, unknown> = {
    ...namesOf(random, at),
    ...(random() < 0.998 && { random_id: install.randomId }),
    ...(random() < 0.3 && { execution_id: install.executionId }),
    type: random() < 0.003 ? 'bicycle' : random() < 0.01 ? '' : 'lxc',
    nsapp: random() < 0.001 ? '' : install.nsapp,
    status: isFailed ? 'failed' : random() < 0.9 ? 'done' : random() < 0.99 ? 'installing' : 'odd',
    ct_type: random() < 0.05 ? 2 : 1,
    disk_size: numberOf(random, random() < 0.02 ? 4.5 : (install.diskSize ?? 8)),
    core_count: numberOf(random, install.coreCount ?? 2),
    ram_size: numberOf(random, install.ramSize ?? 2_048),
    os_type: install.osType ?? 'debian',
    os_version: install.osVersion ?? '12',
    disableip6: 'no',
    [random() < 0.5 ? 'pveversion' : 'pve_version']: install.pveVersion ?? '8.4.1',
    method: install.method ?? 'default',
    error: isFailed ? failureOf(install.error ?? '', random) : random() < 0.5 ? '' : null,
    ...(random() < 0.5 && { repo_source: 'Proxmox VE' }),
  }
  return spoil(JSON.stringify(record), random)
}

/** Where a record came from, by what its database calls it and its time. */
function namesOf(random: () => number, at: Date): Record<string, unknown> {
  const id = Math.floor(random() * 2 ** 48).toString(16)
  const iso = at.toISOString()
  const share = random()
  if (share < 0.002) return { id }
  if (share < 0.4) return { _id: { $oid: id.padStart(24, '6') }, created_at: { $date: iso } }
  if (share < 0.7) return { id: id.padStart(15, 'a').slice(0, 15), created: iso.replace('T', ' '), updated: iso.replace('T', ' ') }
  return { id, created_at: share < 0.9 ? iso : iso.replace('T', ' ').replace('Z', ' UTC') }
}

function numberOf(random: () => number, value: number): unknown {
  const share = random()
  return share < 0.3 ? { $numberLong: String(Math.trunc(value)) } : share < 0.32 ? String(value) : value
}

function failureOf(error: string, random: () => number): string {
  if (random() < 0.0005) return longFailure(error)
  return random() < 0.4
    ? error
    : `exit_code=100 | apt | at line 30: ${error}\n---\n${'E: Unable to locate package\n'.repeat(1 + Math.floor(random() * 20))}`
}

/** A log of 120 KB, as older clients sent them. */
export function longFailure(error: string): string {
  return `${error}\n---\n${'Unpacking a package over its older version, from 10.1.2.3 ...\n'.repeat(1_900)}`
}

/** The ways in which a record is nearly JSON. */
export const spoilings: readonly ((text: string) => string)[] = [
  (text) => text.replace(/}$/, ',}'),
  (text) => text.replace(/"core_count":(?:\{[^}]*\}|[^,]*)/, '"core_count":NaN'),
  (text) => text.replace('"disableip6":"no"', '"disableip6":NumberLong(4)'),
  (text) => text.replace('"method":"', '"method":"a\tb'),
]
const spoiledShare = 0.0005

function spoil(text: string, random: () => number): string {
  const spoiling = spoilings[Math.floor(random() / spoiledShare)]
  return spoiling === undefined ? text : spoiling(text)
}
