import { Html } from '@elysiajs/html'
import { recordPath, scriptPath } from '../address.ts'
import { Cut } from '../part/cut.tsx'
import { Link } from '../part/link.tsx'
import { State } from '../part/state.tsx'
import { WideTable } from '../part/wide-table.tsx'
import { nameExitCode } from '../value-name.ts'
import type { RunLineView } from './run-line-view.ts'

/** Runs, one a row, newest first. The time opens the run. */
export function RunTable(props: { readonly runs: readonly RunLineView[]; readonly label: string }): string {
  const element = (
    <WideTable label={props.label}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.runs.map((run) => (
          <RunRow run={run} />
        ))}
      </tbody>
    </WideTable>
  )
  return String(element)
}

const heads = ['time (UTC)', 'state', 'script', 'type', 'system', 'method', 'took', 'exit code', 'error'] as const

/** The exit code that an error begins with has a column of its own: `exit_code=35 | curl: …` is cut, `curl: exit code 35` is not. */
function withoutCode(error: string): string {
  return error.replace(/^exit_code=\d+ \| /, '')
}

/** With its meaning, where it has one beyond that nothing went wrong. */
function ExitCode(props: { readonly code: number }): string {
  const { code } = props
  if (code === 0) return '0'
  return String(<abbr title={Html.escapeHtml(nameExitCode(String(code)))}>{code}</abbr>)
}

function RunRow(props: { readonly run: RunLineView }): string {
  const { id, time, state, script, type, system, method, exitCode, error, took, isRepaired } = props.run
  const element = (
    <tr>
      <th scope="row">
        <Link href={recordPath(id)} text={time} />
      </th>
      <td>
        <State name={state} />
      </td>
      <td>
        <Link href={scriptPath(script)} text={script} isCut />
      </td>
      <td>
        <Cut text={type} />
      </td>
      <td>
        <Cut text={system} />
      </td>
      <td>
        <Cut text={method} />
      </td>
      <td safe>{took}</td>
      <td>{exitCode === undefined ? '' : <ExitCode code={exitCode} />}</td>
      <td class="line">
        <span class="two">
          {isRepaired ? <small>repaired</small> : ''} <span safe>{withoutCode(error)}</span>
        </span>
      </td>
    </tr>
  )
  return String(element)
}
