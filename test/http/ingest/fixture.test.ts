import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { cloak } from '../../../src/cloak/engine.ts'
import { type InstallEvent, installFields } from '../../../src/event/install.ts'
import expected from '../../fixture/install/expected.json' with { type: 'json' }
import { type Running, startRunning } from '../../part/running.ts'

const folder = new URL('../../fixture/install/', import.meta.url)
const names = readdirSync(folder).filter((name) => name !== 'expected.json')
const expectations = expected as unknown as Readonly<
  Record<string, { readonly install: InstallEvent; readonly repairs: readonly string[] }>
>

type Sent = { readonly status: number; readonly text: string; readonly readKey: string }
const sent = new Map<string, Sent>()
let service: Running

beforeAll(async () => {
  service = await startRunning()
  for (const name of names) {
    const tenant = name.replace(/[^a-z0-9]+/g, '-') // The fixtures share their ids, so each gets a tenant of its own.
    const [key, readKey] = [await service.makeKey('ingest', { tenant }), await service.makeKey('read', { tenant })]
    const answer = await service.ask('/telemetry', { body: readFileSync(new URL(name, folder)), key })
    sent.set(name, { status: answer.status, text: await answer.text(), readKey })
  }
  await service.settle()
})
afterAll(() => service[Symbol.asyncDispose]())

type Detail = {
  readonly record: Readonly<Record<string, unknown>>
  readonly trace?: string
  readonly excused: boolean
  readonly reported?: Readonly<Record<string, unknown>>
  readonly stages: readonly { readonly stage: string }[]
  readonly repaired: readonly string[]
}

describe('a body as a client sends it is accepted and stored', () => {
  test.each(names)('%s', async (name) => {
    const { status, text, readKey } = sent.get(name) ?? { status: 0, text: '', readKey: '' }
    expect([status, text]).toEqual([202, 'accepted'])
    const expectation = expectations[name]
    if (expectation === undefined) throw new Error(`no expectation for ${name}`)
    const { install, repairs } = expectation
    const found = await service.ask(`/api/records/${encodeURIComponent(install.executionId ?? install.randomId ?? '')}`, { key: readKey })
    expect(found.status).toBe(200)
    const detail = (await found.json()) as Detail
    expectRecord(detail, install)
    expect(detail.repaired).toEqual(repairs)
    expect(detail.trace).toBe(detail.excused || install.trace === undefined ? undefined : storedText(install.trace, 10_240))
  })

  test('and nothing of them is logged', () => {
    expect(service.lines.filter(({ level }) => level !== 'info')).toEqual([])
  })
})

/** Fields that one event decides alone, once it is read as the contract wants it. */
function expectRecord({ record, excused, reported }: Detail, install: InstallEvent): void {
  const isReadAsSuccess = excused || (install.status === 'failed' && install.exitCode === 0)
  for (const field of installFields) {
    const value = install[field.name]
    if (field.wire.endsWith('_id') || value === undefined) continue
    if (isReadAsSuccess && ['status', 'error', 'error_category', 'exit_code'].includes(field.wire)) continue
    const shown = typeof value === 'string' ? storedText(value, 'bytesMax' in field ? field.bytesMax : 64, field.wire) : value
    expect([field.wire, record[field.wire]]).toEqual([field.wire, shown === 0 || shown === false ? undefined : shown])
  }
  if (isReadAsSuccess) expect(record['status']).toBe('success')
  if (excused) expect(reported).toMatchObject({ status: 'failed', exit_code: install.exitCode })
}

/** A text as it is stored: hidden what is personal, then cut. */
function storedText(text: string, max: number, wire = 'trace'): string {
  if (wire === 'trace') return cloak(text, 'full').text.slice(-max)
  if (wire === 'error') return cloak(text, 'full').text.slice(0, 120)
  return Buffer.from(cloak(text, 'field').text)
    .subarray(0, max)
    .toString('utf8')
    .replace(/\ufffd$/, '')
}
