import type { FilterName, Href, Selection } from '../../src/page/address.ts'
import type { ErrorLineView } from '../../src/page/error/error-line-view.ts'
import type { FilterView } from '../../src/page/filter-view.ts'
import type { FrameView } from '../../src/page/frame/frame-view.ts'
import type { OverviewView } from '../../src/page/overview/overview-view.ts'
import { makeChance } from '../chance.ts'
import { plainTexts, sampleAnalysis, type Texts } from './sample-analysis.ts'

export const sampleSelection: Selection = { period: '30d', compares: true, filter: {} }

/** Who signed in as a maintainer sees this around a page. */
export function sampleFrame(path: Href, texts: Texts = plainTexts): FrameView {
  return {
    theme: 'auto',
    path,
    viewer: { name: texts('maria'), signOut: { action: '/sign-out', token: texts('a-token') } },
    made: { milliseconds: '6.2', asOf: texts('2026-03-02 12:34:56'), json: `${path}?format=json`, csv: `${path}?format=csv` },
    notices: [],
  }
}

const names: readonly FilterName[] = ['source', 'type', 'script', 'os', 'slug', 'status', 'category']

export function sampleFilter(path: Href, texts: Texts = plainTexts, selection: Selection = sampleSelection): FilterView {
  const choices = {
    source: ['ProxmoxVE', 'ProxmoxVED', 'external'],
    type: ['lxc', 'vm', 'addon', 'pve', 'tool'],
    os: ['debian', 'ubuntu', 'alpine'],
    slug: ['community-scripts/ProxmoxVE', 'fork/ProxmoxVE'],
    status: ['success', 'failed', 'aborted', 'unknown'],
    category: ['apt', 'network', 'timeout'],
  }
  return {
    path,
    selection,
    names,
    hasCompare: true,
    choices: Object.fromEntries(Object.entries(choices).map(([name, values]) => [name, values.map(texts)])),
  }
}

const errorTexts = [
  'E: Unable to locate package <pkg>',
  'curl: (28) Operation timed out after <n> milliseconds with <n> out of <n> bytes received',
  'npm ERR! code ERESOLVE unable to resolve dependency tree',
  'No space left on device',
  'Failed to start <name>.service: Unit not found.',
]

export function sampleErrors(texts: Texts = plainTexts, count = errorTexts.length): readonly ErrorLineView[] {
  const next = makeChance(23)
  return Array.from({ length: count }, (_, index) => ({
    fingerprint: texts(`7f3a${index}c0de`),
    text: texts(errorTexts[index % errorTexts.length] ?? ''),
    category: texts(['apt', 'network', 'dependency', 'storage', 'service'][index % 5] ?? ''),
    exitCodes: [100 + index, 1],
    runs: Math.round(900 / (index + 1)),
    ...(index % 3 !== 2 && { previousRuns: Math.round(600 / (index + 1)) }),
    scripts: ['docker', 'immich', 'paperless-ngx'].slice(index % 3).map(texts),
    firstAt: texts('2026-02-21 08:12'),
    lastAt: texts('2026-03-02 12:31'),
    isNew: index === 0,
    isMuted: index === 3,
    isAborted: index === 4,
    trend: Array.from({ length: 14 }, () => Math.round((next() * 90) / (index + 1))),
  }))
}

export function sampleOverview(texts: Texts = plainTexts): OverviewView {
  return {
    frame: sampleFrame('/dashboard', texts),
    filter: sampleFilter('/dashboard', texts),
    reach: { canOpen: true },
    analysis: sampleAnalysis(texts),
    grain: 'day',
    looks: [
      {
        tone: 'bad',
        text: texts('immich fails 38.0 % of the last 6 hours (usually 9.1 %, n 112).'),
        link: { href: '/scripts/immich', text: texts('immich') },
      },
      {
        tone: 'odd',
        text: texts('37 runs are without an end for more than 2 hours.'),
        link: { href: '/records?status=unknown', text: 'Their records' },
      },
    ],
    errors: sampleErrors(texts),
  }
}
