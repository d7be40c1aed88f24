import { stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { err, ok, type Result } from '../../src/base/result.ts'
import { isCsvHeader } from './csv.ts'

/** What an operator calls a file's format. `mongo` is an export of MongoDB, as an array or as lines, `own` one of this service in any of its forms. */
export const fileFormats = ['json', 'jsonl', 'mongo', 'csv', 'own'] as const
export type FileFormat = (typeof fileFormats)[number]

/** How records stand in a file: elements of an array, objects one behind another, one a line, or rows of a table. */
type Layout = 'array' | 'objects' | 'lines' | 'csv'
export type FileForm = { readonly layout: Layout; readonly isPacked: boolean }

const layoutsOf = {
  json: ['array', 'objects'],
  jsonl: ['lines'],
  mongo: ['lines', 'array', 'objects'],
  csv: ['csv'],
  own: ['lines', 'csv', 'array'],
} as const satisfies Readonly<Record<FileFormat, readonly Layout[]>>
const namesOf: Readonly<Record<Layout, string>> = {
  array: 'a JSON array',
  objects: 'JSON objects of several lines',
  lines: 'JSON lines',
  csv: 'CSV',
}
const lookedAtBytes = 4_096

/** How the records of a file are written, by its first bytes. A format that it cannot be is refused with what was found. */
export async function readFileForm(path: string, wanted?: FileFormat): Promise<Result<FileForm, string>> {
  if ((await stat(path)).isDirectory()) return err(`${path} is a folder: name a file in it`)
  const head = await Bun.file(path).slice(0, lookedAtBytes).bytes()
  const isPacked = head[0] === 0x1f && head[1] === 0x8b
  const found = guessLayout(new TextDecoder().decode(isPacked ? await firstUnpacked(path) : head))
  const [usual, ...others] = wanted === undefined ? [] : layoutsOf[wanted]
  if (found === undefined)
    return usual === undefined ? err(`what ${path} holds cannot be told: say it by --format`) : ok({ layout: usual, isPacked })
  if (wanted !== undefined && usual !== found && !others.some((layout) => layout === found))
    return err(`--format ${wanted}: ${path} holds ${namesOf[found]}`)
  return ok({ layout: found, isPacked })
}

function guessLayout(head: string): Layout | undefined {
  const text = head.replace(/^\uFEFF/, '').trimStart()
  if (text === '') return 'lines' // Nothing is no line.
  if (text.startsWith('[')) return 'array'
  const lines = text.split(/\r\n|\r|\n/)
  const first = lines[0]?.trimEnd() ?? ''
  // An object that goes on in the next line was written for people; one that is cut off by the end of the head was not.
  if (first.startsWith('{') && lines.length > 1 && !first.endsWith('}')) return 'objects'
  if (isCsvHeader(first)) return 'csv'
  return lines.some((line) => line.startsWith('{')) ? 'lines' : undefined
}

async function firstUnpacked(path: string): Promise<Uint8Array> {
  const unpacked = createGunzip()
  const head = Buffer.from(await Bun.file(path).slice(0, lookedAtBytes).bytes())
  return new Promise((resolve) => {
    unpacked.once('data', (bytes: Buffer) => resolve(bytes.subarray(0, lookedAtBytes)))
    for (const end of ['end', 'error']) unpacked.on(end, () => resolve(new Uint8Array(0))) // An error: the head ends within the packed bytes.
    unpacked.end(head)
  })
}
