import { type FilterName, filterTitles, periods } from '../../page/address.ts'
import { type DimensionRule, dimensionRules } from '../../store/dimension.ts'
import { valuesOfFilter } from '../question/filter-value.ts'
import { periodDefault } from '../question/question.ts'
import { inQuery, type ParameterEntry } from './operation.ts'

const filterNames = Object.keys(filterTitles) as readonly FilterName[]

/** Period, comparison and every filter: what all sums and lists of runs take. */
export const questionParameters: readonly ParameterEntry[] = [
  inQuery('period', 'Days of UTC; `7d` is today and the six days before.', { type: 'string', enum: [...periods], default: periodDefault }),
  inQuery('from', 'The first day, instead of a period.', { type: 'string', format: 'date' }),
  inQuery('to', 'The last day; today unless given.', { type: 'string', format: 'date' }),
  inQuery('compare', 'Compares with as many days just before, or with nothing.', {
    type: 'string',
    enum: ['previous', 'none'],
    default: 'previous',
  }),
  ...filterNames.map((name) =>
    inQuery(name, `Only runs with this ${filterTitles[name]}; \`unknown\` for those that named none.`, schemaOf(name)),
  ),
]

/** The same without a filter that the path itself names. */
export function questionParametersWithout(name: FilterName): readonly ParameterEntry[] {
  return questionParameters.filter((parameter) => parameter.name !== name)
}

function schemaOf(name: FilterName): object {
  const values = valuesOfFilter(name)
  if (values !== undefined) return { type: 'string', enum: [...values] }
  if (name === 'error') return { type: 'string', pattern: '^([0-9a-f]{16}|unknown)$' }
  const rules: Readonly<Record<string, DimensionRule>> = dimensionRules
  return rules[name]?.form === 'number' ? { type: 'string', pattern: '^(\\d{1,7}|unknown)$' } : { type: 'string', maxLength: 128 }
}
