import { err, ok, type Result } from '../../base/result.ts'
import { type CloakFault, malformed } from './fault.ts'
import type { DocxTask } from './work.ts'

/** Reads a form with a document: its file `document`, and the other fields as a JSON body has them. */
export async function readDocxForm(bytes: Uint8Array, contentType: string): Promise<Result<DocxTask, CloakFault>> {
  const form = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'Content-Type': contentType } })
    .formData()
    .catch(() => undefined)
  if (form === undefined) return err(malformed('body', 'multipart', 'The body is not a readable form'))
  const file = form.get('document')
  if (file === null || typeof file === 'string') return err(malformed('document', 'required', 'No document file provided'))
  const fileName: string | undefined = file.name // None where the form gives an empty one.
  if (fileName?.toLowerCase().endsWith('.docx') !== true) return err(malformed('document', 'docx', 'Only .docx files are supported'))
  const fields = fieldsOf((name) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : undefined
  })
  return ok({ bytes: new Uint8Array(await file.arrayBuffer()), fields })
}

/** Blanks around the names of types count for nothing, so that no type is turned off by one. */
function fieldsOf(read: (name: string) => string | undefined): DocxTask['fields'] {
  const entities = read('entities')
  const given: Readonly<Record<string, unknown>> = {
    entities: entities === undefined || entities.trim() === '' ? undefined : entities.split(',').map((name) => name.trim()),
    mode: read('mode'),
    language: read('language'),
    score_threshold: numberOf(read('score_threshold')),
    explain: flagOf(read('explain')),
    include_original: flagOf(read('include_original')),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** A number where it is one; else the text itself, which is refused like any other that is none. */
function numberOf(text: string | undefined): unknown {
  return text !== undefined && /^\s*-?(?:\d{1,6}(?:\.\d{1,12})?|\.\d{1,12})\s*$/.test(text) ? Number(text) : text
}

function flagOf(text: string | undefined): unknown {
  return text === 'true' || text === 'false' ? text === 'true' : text
}
