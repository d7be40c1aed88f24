import { err, ok, type Result } from '../../base/result.ts'
import type { Refusal } from '../../event/refusal.ts'
import { refilter } from '../../page/address.ts'
import { isPublic } from '../question/analyst.ts'
import { type Question, readQuestion } from '../question/question.ts'
import type { PageAsk } from './ask.ts'
import type { PageFault } from './fault.ts'

/** The question of a page about one script or one group of errors, and the same without that filter, which the page's own addresses have in their path. */
export type OneQuestion = { readonly question: Question; readonly own: Question }

export type One = { readonly name: 'script' | 'error'; readonly value: string; readonly unknown: PageFault }

/** Reads what is asked of one value. A value that no run can have is unknown; a second one of the same name is refused. */
export function readOne({ params, now, asker }: PageAsk, { name, value, unknown }: One): Result<OneQuestion, Refusal | PageFault> {
  const given = new URLSearchParams(params)
  given.append(name, value)
  const read = readQuestion(given, now, { isPublic: isPublic(asker.principal) })
  if (!read.ok) return !params.has(name) && read.fault.field === name && !ofOthers.includes(read.fault.rule) ? err(unknown) : read
  if (read.value.selection.filter[name] === undefined) return err(unknown) // Blanks are no name, and would mean all runs.
  return ok({ question: read.value, own: { ...read.value, selection: refilter(read.value.selection, { [name]: undefined }) } })
}

/** Rules that another parameter breaks, though they name this one. */
const ofOthers: readonly string[] = ['not_public', 'nearest_to_unknown']
