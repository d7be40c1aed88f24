import { err, ok, type Result } from '../../base/result.ts'
import { defaultTenant } from '../../base/tenant.ts'
import { countOf, type Fields, memberOf } from './answer.ts'
import type { PocketBaseClient } from './client.ts'
import { faultWithoutAnswer, type PocketBaseFault } from './fault.ts'
import { encodeRecord } from './record.ts'

/** One write: a whole record, which overwrites what is there, or its removal. */
export type Write = { readonly id: string } & ({ readonly kind: 'upsert'; readonly body: string } | { readonly kind: 'delete' })

export type ListQuery = { readonly filter: string; readonly sort: string; readonly limit: number; readonly fields?: string }

/** PocketBase takes longer filters for an attack. */
const filterTermsMax = 40
/** A record that is made and removed again, to see whether a good record gets in. */
export const probeRecordId = 'telemetryprobe0'

/** The collection of the runs. Each request ends with the signal. */
export class Target {
  readonly client: PocketBaseClient
  readonly #path: string
  readonly #signal: AbortSignal

  constructor(client: PocketBaseClient, collection: string, signal: AbortSignal) {
    this.client = client
    this.#path = `/api/collections/${encodeURIComponent(collection)}/records`
    this.#signal = signal
  }

  verify(): Promise<Result<'valid' | 'renewed', PocketBaseFault>> {
    return this.client.verify(this.#signal)
  }

  async list({ filter, sort, limit, fields }: ListQuery): Promise<Result<readonly Fields[], PocketBaseFault>> {
    const query = { filter, sort, perPage: limit, skipTotal: true, ...(fields !== undefined && { fields }) }
    const answer = await this.client.send({ method: 'GET', path: this.#path, query, signal: this.#signal })
    if (!answer.ok) return answer
    const items = memberOf(answer.value, 'items')
    return Array.isArray(items) ? ok(items as readonly Fields[]) : err(faultWithoutAnswer('unreadable'))
  }

  /** How many records there are. Takes PocketBase a while with millions of them. */
  async count(): Promise<Result<number, PocketBaseFault>> {
    const answer = await this.client.send({ method: 'GET', path: this.#path, query: { perPage: 1, fields: 'id' }, signal: this.#signal })
    if (!answer.ok) return answer
    const total = countOf(answer.value)
    return total === undefined ? err(faultWithoutAnswer('unreadable')) : ok(total)
  }

  /** The records that hold these execution ids for a tenant, whoever made them, with what else names a run. */
  async findExecutions(tenant: string, executionIds: readonly string[]): Promise<Result<readonly Fields[], PocketBaseFault>> {
    const found: Fields[] = []
    for (let start = 0; start < executionIds.length; start += filterTermsMax) {
      const chunk = executionIds.slice(start, start + filterTermsMax)
      const terms = chunk.map((_, index) => `execution_id = {:id${index}}`).join(' || ')
      const values = Object.fromEntries(chunk.map((id, index) => [`id${index}`, id]))
      const own = tenant === defaultTenant ? '' : tenant
      const filter = this.client.bind(`(${terms}) && execution_id != "" && tenant = {:own}`, { ...values, own })
      const answer = await this.list({ filter, sort: 'id', limit: filterTermsMax, fields: 'id,execution_id,type,nsapp' })
      if (!answer.ok) return answer
      found.push(...answer.value)
    }
    return ok(found)
  }

  /** All writes or none. Gives the newest time that PocketBase stamped on a record, in its own form. */
  async batch(writes: readonly Write[]): Promise<Result<string, PocketBaseFault>> {
    const body = `{"requests":[${writes.map((write) => this.#request(write)).join(',')}]}`
    const answer = await this.client.send({ method: 'POST', path: '/api/batch', body, signal: this.#signal })
    if (!answer.ok) return answer
    const entries: unknown = answer.value
    const isDone =
      Array.isArray(entries) && entries.length === writes.length && writes.every(({ kind }, index) => isWritten(kind, entries[index]))
    return isDone
      ? ok(entries.reduce((newest: string, entry) => later(newest, stampOf(memberOf(entry, 'body'))), ''))
      : err(faultWithoutAnswer('unreadable'))
  }

  /** One write where batches are off. */
  async single(write: Write): Promise<Result<string, PocketBaseFault>> {
    const path = `${this.#path}/${encodeURIComponent(write.id)}`
    const query = { fields: stampFields }
    if (write.kind === 'delete') {
      const answer = await this.client.send({ method: 'DELETE', path, signal: this.#signal })
      return answer.ok ? ok('') : answer
    }
    const patched = await this.client.send({ method: 'PATCH', path, query, body: write.body, signal: this.#signal })
    const isMissing = !patched.ok && patched.fault.status === 404
    const answer = isMissing
      ? await this.client.send({ method: 'POST', path: this.#path, query, body: write.body, signal: this.#signal })
      : patched
    if (!answer.ok) return answer
    const stamp = stampOf(answer.value)
    return stamp === '' ? err(faultWithoutAnswer('unreadable')) : ok(stamp)
  }

  /** Whether a record that must be good gets in. Leaves nothing behind. */
  async probe(isSingly: boolean): Promise<Result<unknown, PocketBaseFault>> {
    if (!isSingly) return this.batch(probeWrites)
    for (const write of probeWrites) {
      const answer = await this.single(write)
      if (!answer.ok) return answer
    }
    return ok(undefined)
  }

  #request(write: Write): string {
    if (write.kind === 'delete') return `{"method":"DELETE","url":"${this.#path}/${encodeURIComponent(write.id)}"}`
    return `{"method":"PUT","url":"${this.#path}?fields=${stampFields}","body":${write.body}}`
  }
}

/** The later of two times in PocketBase's form. */
export function later(left: string, right: string): string {
  return right > left ? right : left
}

/** The earlier of two times in PocketBase's form. */
export function earlier(left: string, right: string): string {
  return right < left ? right : left
}

const stampFields = 'updated'

const probeContent = {
  tenant: defaultTenant,
  revision: 0,
  state: {
    fields: { type: { value: 'lxc', rank: 1 }, nsapp: { value: 'probe', rank: 1 } },
    stages: { installing: { first: 0, last: 0 } },
    repairs: [],
    rules: [],
  },
} as const
const probeWrites: readonly Write[] = [
  { kind: 'upsert', id: probeRecordId, body: encodeRecord(probeRecordId, probeContent) },
  { kind: 'delete', id: probeRecordId },
]

/** Whether an entry of a batch's answer says that its write was done. What stands between us and PocketBase may answer in its place. */
function isWritten(kind: Write['kind'], entry: unknown): boolean {
  const status = memberOf(entry, 'status')
  const isGood = typeof status === 'number' && status >= 200 && status < 300
  return isGood && (kind === 'delete' || stampOf(memberOf(entry, 'body')) !== '')
}

function stampOf(record: unknown): string {
  const stamp = memberOf(record, 'updated')
  return typeof stamp === 'string' ? stamp : ''
}
