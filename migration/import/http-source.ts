import { createHash } from 'node:crypto'
import { type AskPages, createPageRequests } from './page-request.ts'
import type { FoundRecord, Portion, Position, Source } from './source.ts'

export type HttpOptions = { readonly url: URL; readonly pageRecords: number; readonly requests?: AskPages }

/** Rounds through all pages, until one in which nothing was added. */
const roundsMax = 5

/**
 * The paged API of an earlier service: `GET /summary` says how many records there are, `GET /paginated?page&limit` gives a page of them. Records that are
 * added meanwhile may push others to a page that was passed: the walk is done again until the number stays, and hands over the pages that changed.
 */
export function httpSource({
  url,
  pageRecords,
  requests = createPageRequests({ pauseMs: 100, backOffMs: 500, timeoutMs: 60_000 }),
}: HttpOptions): Source {
  const at = (path: string, params: Readonly<Record<string, number>> = {}) => {
    const asked = new URL(`${url.href.replace(/\/+$/, '')}/${path}`)
    for (const [name, value] of Object.entries(params)) asked.searchParams.set(name, String(value))
    return asked
  }

  async function countRecords(): Promise<number> {
    const { status, value } = await requests.ask({ url: at('summary') })
    const total = typeof value === 'object' && value !== null && 'total_entries' in value ? value.total_entries : undefined
    if (typeof total !== 'number') throw new Error(`${at('summary').href} does not say total_entries (status ${status})`)
    return total
  }

  async function readPage(page: number): Promise<readonly unknown[]> {
    const { status, value } = await requests.ask({ url: at('paginated', { page, limit: pageRecords }) })
    if (value === null) return [] // An empty list of the earlier service.
    if (status !== 200 || !Array.isArray(value)) throw new Error(`${at('paginated').href} gives no list (status ${status})`)
    return value
  }

  async function* read(from: Position): AsyncGenerator<Portion> {
    const seen = new Map<number, string>()
    let total = from.since === undefined ? await countRecords() : Number(from.since)
    let place = from.place
    for (let round = 1, first = from.offset; ; round += 1, first = 0) {
      for (let page = first + 1; ; page += 1) {
        const list = await readPage(page)
        if (list.length === 0) break
        const digest = createHash('sha256').update(JSON.stringify(list)).digest('base64')
        if (seen.get(page) === digest) continue
        seen.set(page, digest)
        const records: FoundRecord[] = list.map((record) => ({ place: ++place, record }))
        // After the first round every page was passed: should the import be broken off now, it goes on with another round.
        yield { records, end: { offset: round === 1 ? page : 0, place, since: String(total) }, passed: page * pageRecords }
        if (list.length < pageRecords) break
      }
      const now = await countRecords()
      if (now === total || round === roundsMax) return
      total = now
    }
  }

  return { name: url.href, noun: 'record', identity: `http ${url.href} ${pageRecords}`, read }
}
