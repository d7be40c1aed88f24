import { err } from '../../base/result.ts'
import { analyze } from '../../cloak/analyze.ts'
import { codePointsAt } from '../../cloak/code-point.ts'
import type { Hit } from '../../cloak/hit.ts'
import { loadNameFinder } from '../../cloak/name-finder.ts'
import { type OperatorKeys, operate } from '../../cloak/operator.ts'
import { resolve } from '../../cloak/resolve.ts'
import { readDocx } from './docx.ts'
import { type CloakFault, faultBody, malformed } from './fault.ts'
import { readWish, type Wish, type WishDefaults, wishOf } from './wish.ts'

/** What is to be done with a body. */
export type Task = 'analyze' | 'anonymize'
/** A document with the fields of its form. */
export type DocxTask = { readonly bytes: Uint8Array; readonly fields: Readonly<Record<string, unknown>> }
/** An answer ready to be sent. `found` is how many things were found. */
export type Worked = { readonly status: number; readonly body: string; readonly found: number }

/** Answers one body. The keys of the answer stand in alphabetical order, and its places count code points. */
export async function work(task: Task, bytes: Uint8Array, defaults: WishDefaults, keys: OperatorKeys): Promise<Worked> {
  const wish = readWish(bytes, defaults)
  if (!wish.ok) return { status: wish.fault.status, body: faultBody(wish.fault), found: 0 }
  return answerWish(task, wish.value, await findHits(wish.value), keys)
}

/** Answers a document: its text without what was found in it. */
export async function workDocx({ bytes, fields }: DocxTask, defaults: WishDefaults, keys: OperatorKeys): Promise<Worked> {
  const text = readDocx(bytes)
  const wish = text.ok ? wishOf({ ...fields, text: text.value }, defaults) : err(unreadable(text.fault))
  if (!wish.ok) return { status: wish.fault.status, body: faultBody(wish.fault), found: 0 }
  const hits = await findHits(wish.value)
  const body = {
    anonymized_text: operate(wish.value.text, resolve(hits), wish.value.mode, keys),
    entities_found: showHits(wish.value.text, hits, wish.value),
  }
  return { status: 200, body: JSON.stringify(body), found: hits.length }
}

function unreadable(reason: string): CloakFault {
  return malformed('document', 'docx', `Failed to read document: ${reason}`)
}

async function findHits(wish: Wish): Promise<readonly Hit[]> {
  return analyze(wish.text, wish, await loadNameFinder(wish))
}

function answerWish(task: Task, wish: Wish, hits: readonly Hit[], keys: OperatorKeys): Worked {
  const { text, includesOriginal } = wish
  const entities = showHits(text, hits, wish)
  const body =
    task === 'analyze'
      ? { contains_pii: hits.length > 0, entities_found: entities, ...(includesOriginal && { text }) }
      : {
          anonymized: operate(text, resolve(hits), wish.mode, keys),
          entities_found: entities,
          ...(includesOriginal && { original: text }),
        }
  return { status: 200, body: JSON.stringify(body), found: hits.length }
}

function showHits(text: string, hits: readonly Hit[], { includesOriginal, explains }: Wish): readonly object[] {
  const pointAt = codePointsAt(
    text,
    hits.flatMap(({ start, end }) => [start, end]),
  )
  return hits.map((hit) => ({
    end: pointAt(hit.end),
    ...(explains && { explanation: explain(hit) }),
    score: round(hit.score),
    start: pointAt(hit.start),
    ...(includesOriginal && { text: text.slice(hit.start, hit.end) }),
    type: hit.type,
  }))
}

/** Why something counts as found; all words are ours. */
function explain({ rule, why }: Hit): object {
  return {
    base_score: round(why.base),
    context: why.context ?? null,
    rule,
    validated: why.isProven,
    ...(why.because !== undefined && { why: why.because }),
  }
}

function round(score: number): number {
  return Math.round(score * 1_000) / 1_000
}
