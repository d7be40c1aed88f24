import { type AskPages, createPageRequests, type PageRequest } from './page-request.ts'
import type { FoundRecord, Portion, Position, Source } from './source.ts'

export type PocketBaseOptions = {
  readonly url: URL
  readonly collection: string
  readonly account: { readonly collection: string; readonly identity: string; readonly password: string }
  readonly pageRecords: number
  readonly requests?: AskPages
}

/**
 * A collection of another PocketBase, read in the order of ids, which no change moves. What was added or changed meanwhile, also behind the place that the
 * walk had come to, is read at the end by its stamp `updated`. A token that ran out is renewed.
 */
export function pocketbaseSource(options: PocketBaseOptions): Source {
  const {
    url,
    collection,
    account,
    pageRecords,
    requests = createPageRequests({ pauseMs: 0, backOffMs: 500, timeoutMs: 60_000 }),
  } = options
  const base = url.href.replace(/\/+$/, '')
  let token: string | undefined

  async function signIn(): Promise<string> {
    const { identity, password } = account
    const path = `/api/collections/${encodeURIComponent(account.collection)}/auth-with-password`
    const { status, value } = await requests.ask({ url: new URL(base + path), method: 'POST', body: { identity, password } })
    const given = memberOf(value, 'token')
    if (typeof given !== 'string')
      throw new Error(
        `${base} does not let ${account.collection} in (status ${status}): look at --identity, --auth-collection and the password`,
      )
    return given
  }

  async function ask(request: PageRequest): Promise<unknown> {
    for (let isRenewed = false; ; isRenewed = true) {
      token ??= await signIn()
      const { status, value } = await requests.ask({ ...request, headers: { Authorization: `Bearer ${token}` } })
      if (status === 200) return value
      if (isRenewed || (status !== 401 && status !== 403))
        throw new Error(`${base} does not give the records of ${collection} (status ${status})`)
      token = undefined
    }
  }

  async function list(filter: string, sort: string): Promise<readonly unknown[]> {
    const asked = new URL(`${base}/api/collections/${encodeURIComponent(collection)}/records`)
    const params = { perPage: String(pageRecords), skipTotal: '1', sort, ...(filter !== '' && { filter }) }
    for (const [name, value] of Object.entries(params)) asked.searchParams.set(name, value)
    const items = memberOf(await ask({ url: asked }), 'items')
    if (!Array.isArray(items)) throw new Error(`${base} answers without items`)
    return items
  }

  async function* read(from: Position): AsyncGenerator<Portion> {
    let { place } = from
    const found = (items: readonly unknown[]): FoundRecord[] => items.map((record) => ({ place: ++place, record }))
    const since = from.since ?? (await newestStamp())
    let after = from.after ?? ''
    for (;;) {
      const items = await list(after === '' ? '' : `id > "${after}"`, 'id')
      const next = plainText(items.at(-1), 'id')
      if (next !== undefined) after = next
      yield { records: found(items), end: { offset: place, place, after, since } }
      if (items.length < pageRecords || next === undefined) break
    }
    if (since === '') return
    for (let [at, last] = [since, '']; ; ) {
      const among = last === '' ? '' : ` || (updated = "${at}" && id > "${last}")`
      const items = await list(`updated > "${at}"${among}`, 'updated,id')
      yield { records: found(items), end: { offset: place, place, after, since: at } }
      const [stamp, id] = [plainText(items.at(-1), 'updated'), plainText(items.at(-1), 'id')]
      if (items.length < pageRecords || stamp === undefined || id === undefined) return
      ;[at, last] = [stamp, id]
    }
  }

  /** The newest change before the walk begins; empty where there is none, or where the collection has no stamps. */
  async function newestStamp(): Promise<string> {
    const fields = memberOf((await list('', 'id'))[0], 'updated')
    if (typeof fields !== 'string') return ''
    return plainText((await list('', '-updated'))[0], 'updated') ?? ''
  }

  return { name: `${base} ${collection}`, noun: 'record', identity: `pocketbase ${base} ${collection}`, read }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

/** A text that may stand in a filter as it is: ids and times have neither quotes nor backslashes. */
function plainText(record: unknown, name: string): string | undefined {
  const value = memberOf(record, name)
  return typeof value === 'string' && /^[\w .:-]{1,64}$/.test(value) ? value : undefined
}
