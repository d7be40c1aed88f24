import { expect } from 'bun:test'
import type { TSchema } from '@sinclair/typebox'
import { type Running, startRunning } from '../part/running.ts'
import { findSchemaFaults } from '../part/schema-fault.ts'
import { uuidOf } from '../part/uuid.ts'

/** What runs there are of each kind; names that hold whatever a client may send among them. */
const kinds = [
  [
    30,
    {
      nsapp: 'docker',
      status: 'success',
      os_type: 'debian',
      os_version: '12',
      install_duration: 100,
      gpu_vendor: 'nvidia',
      gpu_passthrough: 'dgpu',
    },
  ],
  [10, { nsapp: 'docker', status: 'failed', os_type: 'debian', exit_code: 100, error: 'E: Unable to locate package foo' }],
  [4, { nsapp: 'immich', status: 'failed', os_type: 'ubuntu', exit_code: 28, error: 'curl: (28) Operation timed out' }],
  [3, { nsapp: 'immich', status: 'aborted', os_type: 'ubuntu', exit_code: 130 }],
  [2, { nsapp: "o'reilly <b>/%_x", status: 'success', repo_source: 'ProxmoxVED', type: 'vm' }],
  [1, { nsapp: 'rare', status: 'installing' }],
] as const
export const everything = 50

/** A service with known runs of its tenant and one of another, open to everybody as PUBLIC_DASHBOARD allows. */
export type Counted = AsyncDisposable & {
  readonly service: Running
  /** Asks with a key that reads, or with none. */
  ask(path: string, options?: CountedAsking): Promise<Response>
  /** The body of an answer, checked by its schema. */
  get<Answer>(path: string, options?: { readonly schema?: TSchema; readonly isAnonymous?: boolean }): Promise<Answer>
  /** The status of an answer to a key that reads. */
  statusOf(path: string): Promise<number>
}

type CountedAsking = { readonly isAnonymous?: boolean; readonly headers?: Readonly<Record<string, string>> }

export async function startCounted(): Promise<Counted> {
  const service = await startRunning({ PUBLIC_DASHBOARD: 'true' })
  const key = await service.makeKey('read')
  let id = 0
  const lines = kinds.flatMap(([runs, kind]) =>
    Array.from({ length: runs }, () => JSON.stringify({ type: 'lxc', ...kind, execution_id: uuidOf(++id), random_id: uuidOf(9_000) })),
  )
  expect((await service.ask('/telemetry/batch', { body: lines.join('\n') })).status).toBe(202)
  const other = await service.makeKey('ingest', { tenant: 'other' })
  await service.ask('/telemetry', {
    body: JSON.stringify({ type: 'lxc', nsapp: 'theirs', status: 'success', random_id: uuidOf(1) }),
    key: other,
  })
  await service.settle()

  function ask(path: string, { isAnonymous = false, headers = {} }: CountedAsking = {}): Promise<Response> {
    return service.ask(path, isAnonymous ? { headers } : { headers, key })
  }

  async function get<Answer>(
    path: string,
    { schema, isAnonymous = false }: { schema?: TSchema; isAnonymous?: boolean } = {},
  ): Promise<Answer> {
    const answer = await ask(path, { isAnonymous })
    expect(answer.status).toBe(200)
    const body = (await answer.json()) as Answer
    if (schema !== undefined) expect(findSchemaFaults(schema, body)).toEqual([])
    return body
  }

  const statusOf = async (path: string) => (await ask(path)).status
  return { service, ask, get, statusOf, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() }
}
