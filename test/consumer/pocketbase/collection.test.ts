import { describe, expect, test } from 'bun:test'
import {
  extendField,
  indexColumns,
  indexStatement,
  isUniqueIndex,
  ruleFor,
  runFields,
  runIndexes,
} from '../../../src/consumer/pocketbase/collection.ts'
import { installFields } from '../../../src/event/install.ts'

const wanted = (name: string) => runFields.find((field) => field.name === name) ?? { name, type: 'none' }

test('P5 each field of the event has a field in the collection, and each text a limit that is not the default of 5000', () => {
  for (const { wire } of installFields) expect(runFields.map(({ name }) => name)).toContain(wire)
  for (const { type, max } of runFields) if (type === 'text') expect(Number(max)).toBeGreaterThan(0)
  expect(wanted('trace')['max']).toBeGreaterThanOrEqual(10_240)
})

describe('an existing field', () => {
  test.each([
    ['a text without a limit, for a short text', 'nsapp', { type: 'text', max: 0 }, {}],
    ['a text without a limit, for the trace', 'trace', { type: 'text', max: 0 }, { max: wanted('trace')['max'] }],
    ['a text with a wider limit', 'error', { type: 'text', max: 131_072 }, {}],
    ['a text with a pattern and a minimum', 'random_id', { type: 'text', max: 9_999, min: 36, pattern: '^x$' }, { min: 0, pattern: '' }],
    [
      'a required number with bounds',
      'ct_type',
      { type: 'number', min: 0, max: 1, required: true },
      { required: false, min: null, max: null },
    ],
    ['a number without bounds', 'ram_size', { type: 'number', min: null, max: null, required: false }, {}],
    ['a small json', 'state', { type: 'json', maxSize: 2_000 }, { maxSize: wanted('state')['maxSize'] }],
    ['a json without a limit', 'state', { type: 'json', maxSize: 0 }, {}],
    ['a hidden text', 'nsapp', { type: 'editor', hidden: true }, { hidden: false }],
    [
      'a select that lacks values',
      'gpu_vendor',
      { type: 'select', maxSelect: 1, values: ['amd', 'other'] },
      { values: ['amd', 'other', 'intel', 'nvidia', 'unknown'] },
    ],
    ['a date for the time of creation', 'created', { type: 'date' }, {}],
    ['a stamp that does not follow changes', 'updated', { type: 'autodate', onUpdate: false }, { onUpdate: true }],
  ])('is widened: %s', (_, name, existing, changes) => {
    expect(extendField({ name, ...existing }, wanted(name))).toEqual({ ok: true, value: changes })
  })

  test.each([
    ['a text for a number', 'ram_size', { type: 'text' }],
    ['a select for a free text', 'nsapp', { type: 'select', maxSelect: 1, values: [] }],
    ['a select of several values', 'status', { type: 'select', maxSelect: 3, values: [] }],
    ['a text for the state', 'state', { type: 'text' }],
    ['a date that no change moves', 'updated', { type: 'date' }],
  ])('is refused: %s', (_, name, existing) => {
    expect(extendField({ name, ...existing }, wanted(name))).toEqual({ ok: false, fault: existing.type })
  })
})

test('an index statement is read as it was written', () => {
  for (const index of runIndexes) {
    const statement = indexStatement('runs', index)
    expect(indexColumns(statement)).toEqual(index.columns)
    expect(isUniqueIndex(statement)).toBe(index.isUnique)
  }
  expect(indexColumns('create unique index "a" on "b" ( "c" , [d] )')).toEqual(['c', 'd'])
  expect(indexColumns('nonsense')).toEqual([])
})

test('superusers need no rule; a collection is named in it, and the account of it that is meant', () => {
  expect(ruleFor('service', 'abc')).toBe('@request.auth.collectionName = "service" && @request.auth.id = "abc"')
  expect([ruleFor('_superusers'), ruleFor('service')]).toEqual([null, '@request.auth.collectionName = "service"'])
})
