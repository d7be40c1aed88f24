import type { Principal } from '../../access/principal.ts'
import { defaultTenant } from '../../base/tenant.ts'
import { version } from '../../base/version.ts'
import { periods } from '../../page/address.ts'
import { ErrorGroup } from '../../page/error/error.tsx'
import { style } from '../../page/frame/style.ts'
import { Overview } from '../../page/overview/overview.tsx'
import { Script } from '../../page/script/script.tsx'
import { loadError } from '../page/error.ts'
import { loadOverview } from '../page/overview.ts'
import type { PageParts } from '../page/parts.ts'
import { loadScript } from '../page/script.ts'
import { periodDefault } from '../question/question.ts'
import { dataFile, type Place, pageFile } from './place.ts'
import { createDataAsker } from './published-data.ts'
import { loadLists } from './published-list.ts'
import { loadPublished, type PublishingParts } from './published-page.ts'
import { relink, styleFile } from './relink.ts'
import { createSiteMap } from './site-map.ts'

/** A file of the folder, by its path in it, and how many there will be. */
export type PublishedFile = { readonly path: string; readonly text: string; readonly files: number }

/** The first file, by which a folder is known for one of ours. */
export const aboutFile = 'about.json'
export const publishedBy = 'telemetry-service export --public'

const everybody: Principal = { kind: 'public', tenant: defaultTenant }

/**
 * Every page that PUBLIC_DASHBOARD opens, as everybody sees it, with its data: for each period the overview and the lists, and a page for each script and
 * each group of errors that these lists name. Addresses lead from file to file, and to nothing else. The clock of `parts` should stand, so that all of
 * them count the same days. Throws where the store gives no answer, and where runs are removed meanwhile.
 */
export async function* publishPages(parts: PageParts): AsyncGenerator<PublishedFile, void, undefined> {
  const from: PublishingParts = { parts, visit: { principal: everybody, peer: undefined, keepOpen: () => {} } }
  const askData = createDataAsker(parts, from.visit)
  const pages = await planPages(from)
  const map = createSiteMap()
  for (const { place } of pages) map.add(place)
  const files = fixedFiles + pages.length + new Set(pages.map(({ place }) => dataFile(place))).size
  const about = { made_by: publishedBy, version, as_of: new Date(parts.clock.now()).toISOString(), runs_min: parts.publicRunsMin, periods }
  yield { path: aboutFile, text: `${JSON.stringify(about)}\n`, files }
  yield { path: styleFile, text: `${style}${noWayStyle}`, files }
  const written = new Set<string>()
  for (const { place, write } of pages) {
    const html = await write()
    const find = (address: string) => map.find(address, place.period)
    const path = `${pageFile(place)}.html`
    yield { path, text: relink(html, path, find), files }
    if (place.page === 'overview' && place.period === periodDefault)
      yield { path: 'index.html', text: relink(html, 'index.html', find), files }
    const dataPath = `${dataFile(place)}.json`
    if (written.has(dataPath)) continue // The pages of one list share it.
    written.add(dataPath)
    yield { path: dataPath, text: await askData(place), files }
  }
}

/** A period without a page stands between those that have one. */
const noWayStyle = '.switch>span{padding:0 10px;line-height:32px;color:var(--muted);white-space:nowrap}'

/** What is no page's own: what the folder is, the style sheet, and where it opens. */
const fixedFiles = 3

/** A page that is going to be a file, and what makes it HTML. */
type PlannedPage = { readonly place: Place; readonly write: () => Promise<string> }

/** The lists say which pages there are. */
async function planPages(from: PublishingParts): Promise<readonly PlannedPage[]> {
  const lists = []
  for (const period of periods) lists.push(...(await loadLists(period, from)))
  const ones = new Map(lists.flatMap(({ names }) => names.map((place) => [pageFile(place), place] as const)))
  const overviews = periods.map((period) => ({ page: 'overview', period }) as const)
  return [...overviews, ...ones.values()].map((place): PlannedPage => ({ place, write: () => writePage(place, from) })).concat(lists)
}

async function writePage(place: Place, from: PublishingParts): Promise<string> {
  switch (place.page) {
    case 'overview':
      return Overview({ view: await loadPublished(place, loadOverview, from) })
    case 'script':
      return Script({ view: await loadPublished(place, loadScript, from) })
    default:
      return ErrorGroup({ view: await loadPublished(place, loadError, from) })
  }
}
