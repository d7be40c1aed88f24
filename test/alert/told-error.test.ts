import { expect, test } from 'bun:test'
import { type AlertMessage, composeMessage } from '../../src/alert/message.ts'
import { makeRule, type NewRule } from '../../src/alert/rule.ts'
import type { Reading } from '../../src/alert/state.ts'
import { withoutLostTitle } from '../../src/alert/told-error.ts'

function messageOf(kind: NewRule['kind'], subject: string, reading: Reading): AlertMessage {
  const rule = makeRule({ kind }, 'a')
  if (!rule.ok) throw new Error(rule.fault)
  return composeMessage({ rule: rule.value, subject, phase: 'firing', since: 1, reading, at: 1 })
}

const breach = { status: 'breach', value: 3 } as const
const titleOf = (title: string | undefined) => () => title

test.each([
  ['the name of a group that is not known any more', undefined, 'fp'],
  ['a name that the group has no more', 'another name', 'fp'],
  ['the name that the group has', 'cannot mount', 'cannot mount'],
])('%s reads so afterwards', (_, title, first) => {
  const message = messageOf('new_error', 'fp', { ...breach, text: 'cannot mount' })
  const kept = withoutLostTitle(message, titleOf(title))
  expect(kept.lines).toEqual([first, ...message.lines.slice(1)])
})

test.each<[what: string, message: AlertMessage]>([
  ['without the words of an error', messageOf('new_error', 'fp', breach)],
  ['without a value either', messageOf('new_error', 'fp', { status: 'ok' })],
  ['about a script', messageOf('script_worse', 'immich', { ...breach, text: 'fails 30 %' })],
])('a message %s stays as it is', (_, message) => {
  expect(withoutLostTitle(message, titleOf(undefined))).toBe(message)
})
