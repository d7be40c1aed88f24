import { exportFormats } from '../../archive/export.ts'
import { err, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { answerExport, type ExportList } from '../export/export.ts'
import { isPublic } from '../question/analyst.ts'
import type { PageAsk } from './ask.ts'

/** The parameter that asks for a page's list as a file. */
export const listParameters = ['format'] as const

/** The list of a page as a file, with the page's whole filter, where `format` asks for one. `usual` is what the page shows where its address says nothing. */
export function answerList(
  { params, request, visit, parts }: PageAsk,
  list: ExportList,
  usual: Readonly<Record<string, string>> = {},
): Promise<Result<Response, Refusal>> | undefined {
  const given = params.get('format')
  if (!given) return undefined
  if (isPublic(visit.principal)) return Promise.resolve(err(refusal('parameter_invalid', 'format', 'not_public')))
  const format = exportFormats.find((name) => name === given)
  if (format === undefined) return Promise.resolve(err(refusal('parameter_invalid', 'format', `nearest_value_${exportFormats[0]}`)))
  const asked = new URLSearchParams(params)
  asked.delete('format')
  for (const [name, value] of Object.entries(usual)) if (!asked.get(name)?.trim()) asked.set(name, value)
  return answerExport(request, visit, { list, format, parts, params: asked })
}
