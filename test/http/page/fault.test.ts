import { expect, test } from 'bun:test'
import { refusal } from '../../../src/event/refusal.ts'
import { explainFault } from '../../../src/http/page/fault.ts'

test.each([
  ['a store that gives no answer', refusal('too_busy', 'store', 'no_answer'), 503, 'No answer'],
  ['too many exports', refusal('too_busy', 'export', 'too_many_at_once'), 503, 'Too many exports'],
  ['a parameter that is none', refusal('parameter_invalid', 'status', 'nearest_to_unknown'), 400, 'does not exist'],
  ['what is not there', refusal('not_found', 'path', 'unknown'), 404, 'Not found'],
])('a page says %s, and where to go from there', (_, fault, status, words) => {
  const { title, text, ...said } = explainFault(fault, '/records', new URLSearchParams())
  expect([said.status, title]).toEqual([status, expect.stringContaining(words)])
  expect(text).not.toBe('')
  expect(said.todo.href).toBe(status === 404 ? '/' : '/records')
})

test.each([
  ['status', 'status=x&os=debian&q=a%26b', '/records?os=debian&q=a%26b', 'Open the page without status'],
  ['status', 'status=x', '/records', 'Open the page without parameters'],
  ['status', 'stauts=x&os=debian', '/records', 'Open the page without parameters'],
])('of %s in ?%s only what is wrong is left out', (field, query, href, words) => {
  const { todo } = explainFault(refusal('parameter_invalid', field, 'unknown'), '/records', new URLSearchParams(query))
  expect(todo).toEqual({ href: href as '/', text: words })
})
