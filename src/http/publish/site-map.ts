import type { Period } from '../../page/address.ts'
import { periodDefault } from '../question/question.ts'
import { dataAddress, dataFile, type Place, pageAddress, pageFile } from './place.ts'

/** Which files there are, by the addresses that the service has for them. */
export type SiteMap = {
  add(place: Place): void
  /** The file that an address of the service leads to, from a page of a period; undefined where there is none. */
  find(address: string, period: Period): string | undefined
}

/** An empty map. */
export function createSiteMap(): SiteMap {
  const files = new Map<string, string>()

  function add(place: Place): void {
    files.set(keyOf(pageAddress(place), place.period), `${pageFile(place)}.html`)
    files.set(keyOf(dataAddress(place), place.period), `${dataFile(place)}.json`)
  }

  /** Where an address names no period, the usual one is meant, else that of the page it stands on. */
  function find(address: string, period: Period): string | undefined {
    return files.get(keyOf(address, periodDefault)) ?? files.get(keyOf(address, period))
  }

  return { add, find }
}

/** The same text for every address that means the same. Whatever asks for more than a page has, such as a filter or an order, is no page's. */
function keyOf(address: string, period: Period): string {
  const at = address.indexOf('?')
  const path = at < 0 ? address : address.slice(0, at)
  const params = new URLSearchParams(at < 0 ? '' : address.slice(at))
  if (!params.has('period')) params.set('period', period)
  if (params.get('page') === '1') params.delete('page')
  if (params.get('state') === 'open') params.delete('state')
  params.sort()
  return `${path === '/' ? '/dashboard' : path}?${params}`
}
