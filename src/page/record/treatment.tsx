import { Html } from '@elysiajs/html'
import { hiddenKinds } from '../../cloak/hidden-kind.ts'
import { repairRules } from '../../event/repair-rule.ts'
import { Empty } from '../part/empty.tsx'

/** What was done to the reports of a run before anything was stored: repairs by their rule, and what the cloak hid. */
export function Treatment(props: { readonly repairs: readonly string[]; readonly rules: readonly string[] }): string {
  const { repairs, rules } = props
  const element = (
    <section class="card">
      <h2>Repaired and hidden</h2>
      {repairs.length === 0 && rules.length === 0 ? <Empty why="Nothing: its reports were sound and held nothing personal." /> : ''}
      <ul>
        {repairs.map((code) => (
          <li>
            <code safe>{code}</code> <span safe>{explainRepair(code)}</span>
          </li>
        ))}
        {rules.map((rule) => (
          <li>
            <code safe>{rule}</code> <span safe>{explainRule(rule)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
  return String(element)
}

const meanings: ReadonlyMap<string, string> = new Map(Object.entries(repairRules))

/** What a repair code (`disk_size:unit`) means; nothing for one of a newer version. */
export function explainRepair(code: string): string {
  return meanings.get(code.slice(code.indexOf(':') + 1)) ?? ''
}

function explainRule(rule: string): string {
  const kinds = Object.values(hiddenKinds).filter(({ rules }) => rules.includes(rule))
  return kinds.length === 0 ? 'Something was hidden.' : `Hidden: ${kinds.map(({ what }) => what).join(' or ')}.`
}
