import { type Href, pathWith } from '../../base/page-path.ts'
import type { Refusal } from '../../event/refusal.ts'
import { statusOf } from '../error.ts'
import { explainRefusal } from '../question/question.ts'

/** Why a page is not answered as asked, and what to do. */
export type PageFault = {
  readonly status: number
  readonly title: string
  readonly text: string
  readonly todo: { readonly href: Href; readonly text: string }
}

const noAnswer = {
  title: 'No answer',
  text: 'The store gives no answer now. Events are accepted all the same; try again in a moment.',
}
const manyExports = {
  title: 'Too many exports',
  text: 'As many lists are being written to files as can be at a time. Try again in a moment.',
}

/** A refusal in words, at the page of this path that was asked with these parameters. */
export function explainFault(refusal: Refusal, path: Href, params: URLSearchParams): PageFault {
  const status = statusOf(refusal.code)
  if (refusal.code === 'too_busy') {
    const { title, text } = refusal.field === 'export' ? manyExports : noAnswer
    return { status, title, text, todo: { href: path, text: 'Try again' } }
  }
  if (refusal.code === 'parameter_invalid') {
    const title = 'This address asks for something that does not exist'
    return { status, title, text: explainRefusal(refusal), todo: todoWithout(refusal.field, path, params) }
  }
  return { status, title: 'Not found', text: 'There is nothing at this address.', todo: { href: '/', text: 'Start page' } }
}

/** The page without the parameter that is wrong; without any where that is none of those that were given. */
function todoWithout(field: string, path: Href, params: URLSearchParams): PageFault['todo'] {
  const others = [...params].filter(([name]) => name !== field)
  if (others.length === 0 || !params.has(field)) return { href: path, text: 'Open the page without parameters' }
  return { href: pathWith(path, Object.fromEntries(others)), text: `Open the page without ${field}` }
}
