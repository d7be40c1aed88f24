import type { IssueKey } from '../../access/error-issue.ts'
import { permits } from '../../access/permission.ts'
import { isKnown as isSignedIn, tenantOf } from '../../access/principal.ts'
import { dayOf } from '../../base/clock.ts'
import { err, ok } from '../../base/result.ts'
import { errorPath, type FilterName, issuePath } from '../../page/address.ts'
import { ErrorGroup } from '../../page/error/error.tsx'
import type { ErrorView, SampleView } from '../../page/error/error-view.ts'
import type { IssueView } from '../../page/error/issue-form.tsx'
import { formatMinute } from '../../page/format.ts'
import type { FormTarget } from '../../page/frame/frame-view.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Analysis, AnalysisQuery, Group } from '../../store/analysis-port.ts'
import type { RunView } from '../../store/reader-port.ts'
import { formTokenOf } from '../guard/form.ts'
import { answered } from '../question/analyst.ts'
import { type Question, queryTextOf } from '../question/question.ts'
import type { Route } from '../route.ts'
import { isKnown } from '../v1/scripts.ts'
import { analysePage } from './analyse-page.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import { type PageAsk, reachOf } from './ask.ts'
import { linesOf } from './error-lines.ts'
import type { PageFault } from './fault.ts'
import { filtersOfOne, filterViewOf, noticesOf } from './filter.ts'
import { frameOf } from './frame.ts'
import { drawnGrainOf } from './grain.ts'
import { openErrorIssue } from './issue.ts'
import { muteError } from './mute.ts'
import { readOne } from './one.ts'
import type { PageParts } from './parts.ts'
import { runLineOf } from './run-line.ts'

const filters: readonly FilterName[] = ['source', 'type', 'script', 'os', 'status', 'method', 'arch']
const samplesShown = 3
const runsShown = 10
/** What the page of one group breaks its runs down by. */
const by: AnalysisQuery['by'] = {
  ...{ script: 8, os: 6, os_version: 8, pve_version: 8, method: 6, type: 6, arch: 5, platform: 5, source: 3, slug: 5 },
  ...{ category: 5, exit_code: 8 },
}

/** `/errors/{fingerprint}`, muting the group, and opening its issue. */
export function errorPageRoutes(parts: PageParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/errors/:fingerprint',
      handle: (request, visit) => answerSheet(request, visit, parts, loadError),
    },
    {
      method: 'POST',
      path: '/errors/:fingerprint',
      handle: (request, visit) => muteError(request, visit, parts),
    },
    {
      method: 'POST',
      path: '/errors/:fingerprint/issue',
      handle: (request, visit) => openErrorIssue(request, visit, parts),
    },
  ]
}

/** Asks for everything the page of one group of errors shows. */
export async function loadError(ask: PageAsk): Loaded<ErrorView> {
  const { asker, visit, parts } = ask
  const fingerprint = visit.id
  const tenant = tenantOf(asker.principal)
  const read = readOne(ask, { name: 'error', value: fingerprint, unknown: unknownError })
  if (!read.ok) return read
  const { question, own } = read.value
  const { canOpen } = reachOf(ask)
  const { selection, range } = question
  const [analysis, all, list, traced] = await Promise.all([
    analysePage(asker, question, { grain: drawnGrainOf(range), by }),
    analysePage(asker, own, { by: {} }),
    canOpen ? answered(parts.reader.runList({ tenant, filter: selection.filter, ...(range && { range }), limit: runsShown })) : undefined,
    canOpen ? answered(parts.reader.errorGroupSamples(tenant, fingerprint, samplesShown)) : undefined,
  ])
  if (sumOf(analysis.total.counts) === 0 && !(await isKnown(asker, question, { error: fingerprint }))) return err(unknownError)
  const [group] = await linesOf([groupOf(fingerprint, analysis, list?.runs)], range, ask)
  if (group === undefined) return err(unknownError)
  const frame = frameOf(ask, { json: `/api/v1/errors/${fingerprint}?${queryTextOf(own)}`, notices: noticesOf(question, analysis) })
  const view = viewOfError({
    own,
    analysis,
    all,
    group,
    runs: list?.runs.map(runLineOf) ?? [],
    ...(traced && { samples: traced.map(sampleOf) }),
    ...stateOf(ask),
  })
  return ok(sheetOf<ErrorView>({ ...view, frame, reach: reachOf(ask) }, ErrorGroup))
}

const unknownError: PageFault = {
  status: 404,
  title: 'No such group of errors',
  text: 'No run ever ended like this, or too few to show.',
  todo: { href: '/error-analysis?period=all', text: 'All groups' },
}

/** The analysis of one group as that group. */
function groupOf(fingerprint: string, { total, previous, range }: Analysis, newest: readonly RunView[] = []): Group {
  const lastDay = newest[0] === undefined ? (range?.toDay ?? 0) : dayOf(newest[0].reading.firstAt)
  return { value: fingerprint, counts: total.counts, lastDay, ...(previous && { previous: previous.counts }) }
}

function sampleOf({ reading }: RunView): SampleView {
  return {
    runId: reading.executionId ?? reading.randomId ?? '',
    time: formatMinute(reading.lastAt),
    script: reading.nsapp,
    trace: reading.trace ?? '',
    rules: reading.rules,
  }
}

/** Who muted the group and where its issue is, told to who signed in, and the forms for who may change that. */
function stateOf({ visit, parts, request, identity }: PageAsk): Pick<ErrorView, 'muted' | 'change' | 'issue'> {
  const { principal, id } = visit
  if (!isSignedIn(principal)) return {}
  const said = parts.errorStates.find(tenantOf(principal), [id]).get(id)
  const action = errorPath(id)
  const change: FormTarget | undefined = permits(principal, 'maintain')
    ? { action, token: formTokenOf(request, visit.peer, identity) }
    : undefined
  const issue = issueOf({ tenant: tenantOf(principal), fingerprint: id }, change, parts)
  return {
    ...(said?.state === 'muted' && { muted: { by: parts.nameOf(said.actor), at: formatMinute(said.at), note: said.note } }),
    ...(change && { change }),
    ...(issue && { issue }),
  }
}

function issueOf(key: IssueKey, change: FormTarget | undefined, { issues, issueRepository }: PageParts): IssueView | undefined {
  const known = issues.find(key)
  if (known?.state === 'made') return { state: 'made', url: known.url }
  if (change === undefined) return undefined
  if (!issues.isOn) return { state: 'off' }
  const open: FormTarget = { action: issuePath(key.fingerprint), token: change.token }
  return { state: 'none', open, repository: issueRepository, isLost: known !== undefined }
}

export type ErrorFacts = Pick<ErrorView, 'group' | 'samples' | 'runs' | 'muted' | 'change' | 'issue'> & {
  /** The question without the error, which is the page's own. */
  readonly own: Question
  readonly analysis: Analysis
  readonly all: Pick<Analysis, 'total' | 'previous' | 'isRunning'>
}

/** The page of one group of errors. */
export function viewOfError({ own, ...facts }: ErrorFacts): Omit<ErrorView, 'frame' | 'reach'> {
  return {
    ...facts,
    filter: filterViewOf(errorPath(facts.group.fingerprint), own, filtersOfOne(own, filters)),
    grain: drawnGrainOf(own.range),
  }
}
