import { Html } from '@elysiajs/html'
import type { Analysis } from '../../store/analysis-port.ts'
import type { FilterName } from '../address.ts'
import type { Counting } from '../counting.ts'
import { sumOf } from '../outcome.ts'
import { nameContainer, nameExitCode, nameGpu, nameType } from '../value-name.ts'
import { BreakdownCard, type BreakdownProps } from './breakdown-card.tsx'

type Card = {
  readonly by: FilterName & keyof Analysis['by']
  readonly title: string
  readonly nameOf?: (value: string) => string
  readonly hasRate?: false
}

/** In the order of the page. A card stands where the analysis has its groups. */
const cards: readonly Card[] = [
  { by: 'script', title: 'Script' },
  { by: 'os', title: 'Operating system' },
  { by: 'os_version', title: 'OS and version' },
  { by: 'pve_version', title: 'PVE version' },
  { by: 'method', title: 'Method' },
  { by: 'type', title: 'Type', nameOf: nameType },
  { by: 'ct_type', title: 'Container', nameOf: nameContainer },
  { by: 'gpu', title: 'GPU and passthrough', nameOf: nameGpu },
  { by: 'gpu_model', title: 'GPU model' },
  { by: 'cpu_vendor', title: 'CPU maker' },
  { by: 'cpu_model', title: 'CPU' },
  { by: 'arch', title: 'Architecture' },
  { by: 'platform', title: 'Platform' },
  { by: 'source', title: 'Source' },
  { by: 'slug', title: 'Repository' },
  { by: 'category', title: 'Kind of failure', hasRate: false },
  { by: 'exit_code', title: 'Exit code', nameOf: nameExitCode, hasRate: false },
]

export type BreakdownsProps = {
  readonly by: Analysis['by']
  readonly counting: Counting
  readonly page: BreakdownProps['page']
  /** False where only runs without success are counted. */
  readonly hasRate?: boolean
}

/** What kind of runs there were: a card for each field. */
export function Breakdowns(props: BreakdownsProps): string {
  const isFolded = Object.values(props.by).some(({ folded }) => sumOf(folded) > 0)
  const element = (
    <>
      <h2>Runs by</h2>
      <div class="cards">
        <BreakdownCards {...props} />
      </div>
      {isFolded ? <FoldedHint /> : ''}
    </>
  )
  return String(element)
}

/** The cards alone, in the order of the page. */
export function BreakdownCards(props: BreakdownsProps & { readonly isAlone?: boolean }): string {
  const { by, counting, page, hasRate = true, isAlone = false } = props
  const shown = cards.map((card) => {
    const breakdown = by[card.by]
    const hasOwnRate = hasRate && card.hasRate !== false
    return breakdown === undefined ? '' : BreakdownCard({ ...card, hasRate: hasOwnRate, isAlone, breakdown, counting, page })
  })
  return shown.join('')
}

function FoldedHint(): string {
  return '<p class="muted">Folded: a day or month keeps so many values apart and counts those that came later together. Such a number is right but cannot be opened.</p>'
}
