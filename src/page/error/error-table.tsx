import { Html } from '@elysiajs/html'
import { addressOf, errorPath, refilter, scriptPath } from '../address.ts'
import type { Counting } from '../counting.ts'
import type { Whole } from '../outcome.ts'
import { Count } from '../part/count.tsx'
import { Cut } from '../part/cut.tsx'
import { Link } from '../part/link.tsx'
import { WideTable } from '../part/wide-table.tsx'
import { nameExitCode } from '../value-name.ts'
import type { ErrorLineView } from './error-line-view.ts'
import { Growth, Trend } from './error-list.tsx'

/** Groups of errors, one a row. */
export function ErrorTable(props: {
  readonly groups: readonly ErrorLineView[]
  readonly counting: Counting
  readonly whole: Whole | undefined
}): string {
  const { groups, counting, whole } = props
  const element = (
    <WideTable label="groups of errors">
      <thead>
        <tr>
          {heads.map(({ title, isNumber }) => (
            <th scope="col" class={isNumber ? 'number' : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((error) => (
          <ErrorRow error={error} counting={counting} whole={whole} />
        ))}
      </tbody>
    </WideTable>
  )
  return String(element)
}

const heads = [
  { title: 'error', isNumber: false },
  { title: 'kind', isNumber: false },
  { title: 'exit codes', isNumber: false },
  { title: 'runs', isNumber: true },
  { title: '± runs', isNumber: false },
  { title: 'newest in', isNumber: false },
  { title: 'first (UTC)', isNumber: false },
  { title: 'last (UTC)', isNumber: false },
  { title: 'trend', isNumber: false },
] as const

/** Of a time, the part that names its day; the minute stands on the group's page. */
function dayOf(time: string): string {
  return time.slice(0, '2026-03-01'.length) || '–'
}

function ErrorRow(props: { readonly error: ErrorLineView; readonly counting: Counting; readonly whole: Whole | undefined }): string {
  const { error, counting, whole } = props
  const { fingerprint, text, category, exitCodes, runs, scripts = [], firstAt, lastAt, isNew } = error
  const [script] = scripts
  const element = (
    <tr>
      <th scope="row" class="line">
        {isNew ? <b class="tag">new</b> : ''}{' '}
        <Link href={addressOf(errorPath(fingerprint), refilter(counting.selection, { error: undefined }))} text={text} />
      </th>
      <td>
        <Cut text={category} />
      </td>
      <td>
        {exitCodes.map((code) => (
          <>
            <abbr title={Html.escapeHtml(nameExitCode(String(code)))}>{code}</abbr>{' '}
          </>
        ))}
      </td>
      <td class="number">
        <Count value={runs} counting={counting} filter={{ error: fingerprint }} />
      </td>
      <td>
        <Growth error={error} whole={whole} />
      </td>
      <td>
        {script === undefined ? (
          '–'
        ) : (
          <Link
            href={addressOf(scriptPath(script), refilter(counting.selection, { script: undefined, error: undefined }))}
            text={script}
            isCut
          />
        )}
      </td>
      <td safe>{dayOf(firstAt)}</td>
      <td safe>{dayOf(lastAt)}</td>
      <td>
        <Trend days={error.trend} />
      </td>
    </tr>
  )
  return String(element)
}
