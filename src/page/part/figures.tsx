import { Html } from '@elysiajs/html'
import { WideTable } from './wide-table.tsx'

/** The numbers behind a chart: one row a bucket. Cells are finished HTML, as `Count` makes it. */
export type FiguresTable = {
  readonly label: string
  readonly heads: readonly string[]
  readonly rows: readonly { readonly name: string; readonly safeCells: readonly string[] }[]
}

/** The table behind a chart, closed until somebody wants it. */
export function Figures(props: { readonly table: FiguresTable }): string {
  const { label, heads, rows } = props.table
  const element = (
    <details>
      <summary>Figures as a table</summary>
      <WideTable label={label} class="figures">
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col" safe>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, safeCells }) => (
            <tr>
              <th scope="row" safe>
                {name}
              </th>
              {safeCells.map((safeCell) => (
                <td>{safeCell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </details>
  )
  return String(element)
}
