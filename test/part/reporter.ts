import { expect } from 'bun:test'
import { generateId, seededRandom } from '../../bench/generated-event.ts'

/** What a report may say, from the first to the one that outdoes all others. Only `failed` carries a log. */
export const stages = ['installing', 'configuring', 'failed', 'success'] as const
export type Stage = (typeof stages)[number]

/** One report of one run. The id is both its random and its execution id. */
export type Report = { readonly id: string; readonly stage: Stage; readonly trace?: string }

/** What was sent, and what the service said yes to: that must never be gone. */
export class Ledger {
  readonly sent = new Map<string, Set<Stage>>()
  readonly acknowledged = new Map<string, Set<Stage>>()
  /** Acknowledged reports, counting repeats. */
  count = 0

  noteSent({ id, stage }: Report): void {
    note(this.sent, id, stage)
  }

  noteAcknowledged({ id, stage }: Report): void {
    note(this.acknowledged, id, stage)
    this.count += 1
  }
}

function note(book: Map<string, Set<Stage>>, id: string, stage: Stage): void {
  const known = book.get(id)
  if (known === undefined) book.set(id, new Set([stage]))
  else known.add(stage)
}

/** The endless ids of one test, each used for one run. */
export function createIds(seed: number): () => string {
  const random = seededRandom(seed)
  return () => generateId(random)
}

/** Sends one report. The status is 0 when the connection broke before an answer. */
export async function sendReport(url: string, report: Report, ledger: Ledger, headers: Readonly<Record<string, string>> = {}) {
  ledger.noteSent(report)
  const answer = await post(`${url}/telemetry`, JSON.stringify(bodyOf(report)), headers)
  if (answer.status === 202) ledger.noteAcknowledged(report)
  return answer
}

/** Sends reports as one NDJSON batch. Each item's own status counts. */
export async function sendBatch(url: string, reports: readonly Report[], ledger: Ledger, headers: Readonly<Record<string, string>> = {}) {
  for (const report of reports) ledger.noteSent(report)
  const answer = await post(`${url}/telemetry/batch`, reports.map((report) => JSON.stringify(bodyOf(report))).join('\n'), headers)
  if (answer.status !== 202 && answer.status !== 207) return answer
  const { items } = JSON.parse(answer.text) as { items: readonly { index: number; status: number }[] }
  expect(items).toHaveLength(reports.length)
  for (const { index, status } of items) {
    const report = reports[index]
    if (status === 202 && report !== undefined) ledger.noteAcknowledged(report)
  }
  return answer
}

async function post(url: string, body: string, headers: Readonly<Record<string, string>>) {
  try {
    const response = await fetch(url, { method: 'POST', body, headers })
    return { status: response.status, text: await response.text(), headers: response.headers }
  } catch {
    return { status: 0, text: '', headers: new Headers() }
  }
}

function bodyOf({ id, stage, trace }: Report) {
  const base = { random_id: id, execution_id: id, type: 'lxc', nsapp: 'durable', status: stage }
  if (stage === 'success') return { ...base, exit_code: 0, install_duration: 60 }
  return stage === 'failed' ? { ...base, exit_code: 1, error: trace ?? 'exit_code=1' } : base
}
