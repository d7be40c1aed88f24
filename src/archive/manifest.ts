import { createHash } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { err, ok, type Result } from '../base/result.ts'

/** The shape of a backup on the disk. A program refuses a larger number than it knows. */
export const backupFormat = 1
/** The paper that a backup comes with: written last, so that a folder without it is no backup. */
export const manifestName = 'manifest.json'
/** Databases of a backup, in the order in which they are copied: see `copyFolder`. */
export const backedUp = ['journal.db', 'store.db', 'access.db'] as const
export type BackedUp = (typeof backedUp)[number]

const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const count = Type.Integer({ minimum: 0 })

const Manifest = Type.Object({
  format: Type.Literal(backupFormat),
  /** The version of the service that made it. */
  service: Type.String(),
  /** When the copying began: all that was acknowledged before is in it. */
  begun_at: Type.String(),
  done_at: Type.String(),
  schemas: Type.Object({ journal: count, store: count, access: count }),
  counts: Type.Object({ runs: count, traces: count, tombstones: count, entries: count, keys: count, users: count, secrets: count }),
  /** How far each consumer came, and the journal's own ends. */
  cursors: Type.Record(Type.String(), Type.Integer()),
  journal: Type.Object({ last: count, freed: count }),
  /** Each file as it lies here (`packed`), and what it holds. */
  files: Type.Array(
    Type.Object({
      name: Type.Union(backedUp.map((name) => Type.Literal(name))),
      bytes: count,
      sha256,
      packed: Type.Object({ name: Type.String(), bytes: count, sha256 }),
    }),
    { minItems: backedUp.length, maxItems: backedUp.length },
  ),
})

/** What a backup holds and what its files must be. */
export type Manifest = Static<typeof Manifest>

/** The text of a manifest: JSON whose last member is a checksum of the same text without it, as `jq 'del(.checksum)'` prints it. */
export function writeManifest(manifest: Manifest): string {
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  return `${text.slice(0, -objectEnd.length)}${sumMember(sumOf(text))}${objectEnd}`
}

/** Reads a manifest. The fault is a sentence for the operator. */
export function readManifest(text: string): Result<Manifest, string> {
  const body = summedText(text)
  if (body === undefined) return err(`${manifestName} is damaged: its checksum differs`)
  const value = parse(body)
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined
  if (typeof format === 'number' && format > backupFormat)
    return err(`it has format ${format}, this program knows up to ${backupFormat}: use the newer version that made it`)
  return Value.Check(Manifest, value) ? ok(value) : err(`${manifestName} is not the manifest of a backup`)
}

const objectEnd = '\n}\n'
const sumCharacters = 64

function sumMember(sum: string): string {
  return `,\n  "checksum": "${sum}"`
}

/** What a manifest says beside its checksum; undefined where that differs. Before 0.1.0 the checksum was a line of its own behind the JSON. */
function summedText(text: string): string | undefined {
  const ending = `${sumMember('0'.repeat(sumCharacters))}${objectEnd}`
  const whole = `${text.slice(0, -ending.length)}${objectEnd}`
  if (text.endsWith(`${sumMember(sumOf(whole))}${objectEnd}`)) return whole
  const line = text.trimEnd().lastIndexOf('\n') + 1
  return text.slice(line).trim() === sumOf(text.slice(0, line)) ? text.slice(0, line) : undefined
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
