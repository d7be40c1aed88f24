import { formatCount, formatShare } from '../base/format.ts'
import { buttonTo, footOf, ground, heading, html, ink, linkTo, type SafeHtml, subheading, type Tone } from './mail-html.ts'
import type { AlertMessage } from './message.ts'
import { shownText } from './message-part.ts'
import type { FailingScript, Listed, NamedRuns, Outcomes, ReportFigures } from './report-figures.ts'
import { outcomeNames, sayErrorChange, sayOthers, sizeOfList, type TileView, tilesOf, weekdayOf } from './report-text.ts'

type Outcome = keyof typeof outcomeNames

const outcomes = Object.keys(outcomeNames) as readonly Outcome[]
const tileColumns = 3
/** Shares of failures from which on a figure warns, as the earlier service's badges did. */
const severe = 0.2
const raised = 0.1

/** A weekly report as the content of a mail: totals with their change, a bar a day, and the lists. */
export function reportHtml(message: AlertMessage, report: ReportFigures, origin: string): readonly SafeHtml[] {
  const { total, before, days, scripts, failing, errors, types, systems } = report
  const [first, ...others] = message.links
  return [
    heading(shownText(message.title)),
    html`<p ${ink('muted', 'margin:0 0 12px')}>${report.from} to ${report.to} (UTC)${before === undefined ? '' : ', against the week before'}</p>`,
    tileTable(tilesOf(total, before)),
    ...(first === undefined ? [] : [buttonTo(`${origin}${first.path}`, first.text)]),
    subheading('By day'),
    legend(),
    dayTable(days),
    ...listPart('Scripts with the most runs', scripts, ({ name, path }) => linkTo(`${origin}${path}`, name)),
    ...(failing.length === 0 ? [] : [subheading('Scripts that fail most'), failingTable(failing, origin)]),
    ...errorPart(errors, origin),
    ...listPart('By type', types, ({ name }) => html`${name}`),
    ...listPart('By operating system', systems, ({ name }) => html`${name}`),
    footOf(others, origin, message.at),
  ]
}

function tileTable(tiles: readonly TileView[]): SafeHtml {
  const rows = Array.from({ length: Math.ceil(tiles.length / tileColumns) }, (_, row) =>
    tiles.slice(row * tileColumns, (row + 1) * tileColumns),
  )
  const cell = ({ name, figure, note }: TileView) =>
    html`<td width="33%" valign="top" ${ground('page', 'padding:8px 10px;border-radius:6px')}><div ${ink('muted', 'font-size:13px')}>${name}</div><div ${ink('text', 'font-size:20px;font-weight:bold;line-height:1.3')}>${figure}</div><div ${ink('muted', 'font-size:12px')}>${note}</div></td>`
  return table(
    rows.map((row) => html`<tr>${row.map(cell)}</tr>`),
    'border-collapse:separate;border-spacing:4px;table-layout:fixed',
  )
}

const outcomeSigns: Readonly<Record<Outcome, string>> = { success: '✓', failed: '✕', aborted: '⊘', other: '?' }

function legend(): SafeHtml {
  const parts = outcomes.map(
    (name) => html`<span style="white-space:nowrap"><span ${ink(name)}>■</span> ${outcomeSigns[name]} ${outcomeNames[name]}</span>&ensp; `,
  )
  return html`<p ${ink('muted', 'margin:0 0 6px;font-size:13px')}>${parts}</p>`
}

/** A bar a day, as long as its runs are many beside those of the busiest day. */
function dayTable(days: ReportFigures['days']): SafeHtml {
  const most = Math.max(1, ...days.map(({ runs }) => runs))
  return table(
    days.map(
      (day) =>
        html`<tr><th scope="row" align="left" valign="top" ${ink('muted', 'width:52px;padding:4px 8px 4px 0;font-weight:normal;font-size:13px;white-space:nowrap')}>${weekdayOf(day.day)} ${day.day.slice(-2)}</th><td style="padding:4px 0">${stackedBar(day, most)}${dayCounts(day)}</td><td align="right" valign="top" ${ink('text', 'width:56px;padding:4px 0 4px 8px;font-size:13px')}>${formatCount(day.runs)}</td></tr>`,
    ),
  )
}

function dayCounts(day: Outcomes): SafeHtml {
  const parts = outcomes
    .filter((name) => day[name] > 0)
    .map((name) => html`<span ${ink(name, 'white-space:nowrap')}>${outcomeSigns[name]} ${formatCount(day[name])}</span>&ensp;`)
  return html`<div ${ink('muted', 'font-size:12px')}>${parts}</div>`
}

function stackedBar(day: Outcomes, most: number): SafeHtml {
  const parts = outcomes.filter((name) => day[name] > 0)
  return bar(parts.map((name) => ({ tone: name, share: day[name] / most })))
}

/** Cells beside each other in one line: what every client of mail draws. */
function bar(parts: readonly { readonly tone: Tone; readonly share: number }[]): SafeHtml {
  const rest = 1 - parts.reduce((sum, { share }) => sum + share, 0)
  const width = (share: number) => `${Math.max(1, Math.round(share * 1_000) / 10)}%`
  const cells = parts.map(({ tone, share }) => html`<td width="${width(share)}" ${ground(tone, barStyle)}>&nbsp;</td>`)
  const empty = rest < 0.005 ? [] : [html`<td width="${width(rest)}" style="${barStyle}">&nbsp;</td>`]
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>${[...cells, ...empty]}</tr></table>`
}

const barStyle = 'height:14px;line-height:14px;font-size:1px;padding:0'

function listPart<Row extends NamedRuns>(title: string, list: Listed<Row>, nameOf: (row: Row) => SafeHtml): readonly SafeHtml[] {
  if (list.rows.length === 0) return []
  const all = sizeOfList(list)
  const most = Math.max(...list.rows.map(({ runs }) => runs), list.others?.runs ?? 0)
  const rows = list.rows.map((row) => runRow(nameOf(row), { runs: row.runs, all, most }))
  const rest =
    list.others === undefined
      ? []
      : [runRow(html`<span ${ink('muted')}>${sayOthers(list.others)}</span>`, { runs: list.others.runs, all, most })]
  return [subheading(title), table([...rows, ...rest], 'table-layout:fixed')]
}

type RunCount = { readonly runs: number; readonly all: number; readonly most: number }

function runRow(name: SafeHtml, { runs, all, most }: RunCount): SafeHtml {
  return html`<tr><td width="38%" ${ink('text', 'padding:3px 8px 3px 0')}><bdi>${name}</bdi></td><td width="28%" style="padding:3px 0">${bar([{ tone: 'link', share: runs / most }])}</td><td width="34%" align="right" ${ink('text', 'padding:3px 0 3px 8px;font-size:13px;white-space:nowrap')}>${formatCount(runs)} <span ${ink('muted')}>${formatShare(runs / all)}</span></td></tr>`
}

function failingTable(failing: readonly FailingScript[], origin: string): SafeHtml {
  const toneOf = (share: number): Tone => (share >= severe ? 'failed' : share >= raised ? 'warning' : 'text')
  return table(
    failing.map(
      ({ name, path, share, failed, ended }) =>
        html`<tr><td ${ink('text', 'padding:3px 8px 3px 0')}><bdi>${linkTo(`${origin}${path}`, name)}</bdi></td><td align="right" ${ink('muted', 'padding:3px 0;font-size:13px;white-space:nowrap')}><b ${ink(toneOf(share), 'font-size:15px')}>${formatShare(share)}</b> ${formatCount(failed)} of ${formatCount(ended)}</td></tr>`,
    ),
  )
}

function errorPart({ rows, others }: ReportFigures['errors'], origin: string): readonly SafeHtml[] {
  if (rows.length === 0) return []
  const lines = rows.map(
    ({ title, path, runs, runsBefore, isNew }) =>
      html`<tr><td valign="top" ${ink('text', 'padding:3px 8px 3px 0')}><bdi>${linkTo(`${origin}${path}`, title)}</bdi></td><td align="right" valign="top" ${ink('muted', 'padding:3px 0;font-size:13px;white-space:nowrap')}><b ${ink('text', 'font-size:15px')}>${formatCount(runs)}</b><br>${isNew ? html`<b ${ink('warning')}>new</b>` : sayErrorChange({ runsBefore, isNew })}</td></tr>`,
  )
  const rest =
    others === undefined
      ? []
      : [
          html`<tr><td ${ink('muted', 'padding:3px 8px 3px 0')}>${sayOthers(others)}</td><td align="right" ${ink('text')}>${formatCount(others.runs)}</td></tr>`,
        ]
  return [subheading('Errors of the most failed runs'), table([...lines, ...rest])]
}

function table(rows: readonly SafeHtml[], style = ''): SafeHtml {
  return html`<table width="100%" cellpadding="0" cellspacing="0" style="${style}">${rows}</table>`
}
