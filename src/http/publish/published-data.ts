import { assert } from '../../base/assert.ts'
import { pathWith } from '../../base/page-path.ts'
import type { AnalystParts } from '../question/analyst.ts'
import type { Visit } from '../route.ts'
import { errorsRoutes } from '../v1/errors.ts'
import { overviewRoute } from '../v1/overview.ts'
import { limitMax } from '../v1/page-of.ts'
import { scriptsRoutes } from '../v1/scripts.ts'
import { dataAddress, type Place } from './place.ts'
import { explainMissing } from './published-page.ts'

/** Gives the data of a page as the APIs of the service answer it to that visit: JSON as a text. A list is asked for page by page and given whole. */
export function createDataAsker(parts: AnalystParts, visit: Omit<Visit, 'id'>): (place: Place) => Promise<string> {
  const routes = [overviewRoute(parts), ...scriptsRoutes(parts), ...errorsRoutes(parts)]

  async function ask(place: Place, more: Readonly<Record<string, string>> = {}): Promise<ListAnswer> {
    const route = routes.find(({ path }) => path === routePaths[place.page])
    assert(route !== undefined, 'every page has its data')
    const id = 'name' in place ? place.name : ''
    const answer = await route.handle(new Request(`http://localhost${pathWith(dataAddress(place), more)}`), { ...visit, id })
    if (answer.status !== 200) throw new Error(explainMissing(answer.status === 404 ? undefined : 'too_busy'))
    return (await answer.json()) as ListAnswer
  }

  return async (place) => {
    if (place.page !== 'scripts' && place.page !== 'errors') return JSON.stringify(await ask(place))
    const { next: first, ...whole } = await ask(place, { limit: String(limitMax) })
    const list = [...(whole[place.page] ?? [])]
    for (let after = first; after !== undefined; ) {
      const { next, [place.page]: groups = [] } = await ask(place, { limit: String(limitMax), after })
      list.push(...groups)
      after = next
    }
    return JSON.stringify({ ...whole, [place.page]: list })
  }
}

/** What is looked at in an answer: its list, and what goes on behind it. */
type ListAnswer = { readonly next?: string; readonly scripts?: readonly unknown[]; readonly errors?: readonly unknown[] }

const routePaths: Readonly<Record<Place['page'], string>> = {
  overview: '/api/v1/overview',
  scripts: '/api/v1/scripts',
  errors: '/api/v1/errors',
  script: '/api/v1/scripts/:name',
  error: '/api/v1/errors/:fingerprint',
}
