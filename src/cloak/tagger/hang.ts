import type { TagClass } from './tag-class.ts'

const delimiters = /^[^\s\p{L}\p{N}_]+$/u
const phoneGap = /^ ?[/–.()-]{0,2} ?$/

/** Whether nothing stands between what ends and what begins but delimiters, or in a passphrase and a number a blank. */
export function hangs(text: string, end: number, start: number, tag: TagClass): boolean {
  if (start <= end) return start === end
  if (start - end > 4) return false
  const gap = text.slice(end, start)
  if (gap === ' ') return tag !== 'USERNAME' && tag !== 'HOSTNAME'
  return delimiters.test(gap) || (tag === 'PHONE_NUMBER' && phoneGap.test(gap))
}

const bridge = /^(?: (?:\p{L}{1,4}|[-&/,]))? $|^, $/u

/** Whether one short word or sign at most stands between two parts of a passphrase, each behind a blank. */
export function isBridged(text: string, end: number, start: number): boolean {
  return start > end && start - end <= 6 && bridge.test(text.slice(end, start))
}

/** Whether a class is one of secrets, which are told apart less well than that they are some. */
export function isSecret(tag: TagClass): boolean {
  return tag === 'PASSWORD' || tag === 'API_KEY'
}

/** Whether a token of one class may go on with what is of another. */
export function isAlike(one: TagClass, other: TagClass): boolean {
  return one === other || (isSecret(one) && isSecret(other))
}
