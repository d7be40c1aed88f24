import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { KnownRevisions } from '../../../src/consumer/pocketbase/known-revisions.ts'

const changesAt = (revisions: readonly number[]) => revisions.map((revision) => ({ tenant: 'default', key: new Uint8Array(16), revision }))
const revisionsOf = (changes: readonly { revision: number }[]) => changes.map(({ revision }) => revision)

test('changes within known ranges are left out, and none else', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 20 }),
      fc.uniqueArray(fc.nat(200)),
      fc.nat(200),
      (steps, picked, cursor) => {
        const known = new KnownRevisions()
        const inside = new Set<number>()
        let at = 0
        for (const [gap, length] of steps) {
          known.add(at + gap, at + gap + length)
          for (let revision = at + gap + 1; revision <= at + gap + length; revision += 1) inside.add(revision)
          at += gap + length
        }
        const revisions = picked.filter((revision) => revision > cursor).sort((left, right) => left - right)
        known.drop(cursor)
        expect(revisionsOf(known.without(changesAt(revisions)))).toEqual(revisions.filter((revision) => !inside.has(revision)))
      },
    ),
  )
})
