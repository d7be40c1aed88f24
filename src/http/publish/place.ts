import { createHash } from 'node:crypto'
import { pathWith } from '../../base/page-path.ts'
import { errorPath, type Href, type Period, scriptPath } from '../../page/address.ts'
import type { ErrorState } from '../../page/error/errors-view.ts'

/** A page that can be published: what it is about, over which period, and of a list which part. `number` counts from 1. */
export type Place = { readonly period: Period } & (
  | { readonly page: 'overview' }
  | { readonly page: 'scripts'; readonly number: number }
  | { readonly page: 'errors'; readonly number: number; readonly state: ErrorState }
  | { readonly page: 'script' | 'error'; readonly name: string }
)

/** The address that the service has for a page. */
export function pageAddress(place: Place): Href {
  const { period } = place
  if (place.page === 'overview') return pathWith('/dashboard', { period })
  if (place.page === 'scripts') return pathWith('/script-analysis', { period, page: String(place.number) })
  if (place.page === 'errors') return pathWith('/error-analysis', { period, page: String(place.number), state: place.state })
  return pathWith(place.page === 'script' ? scriptPath(place.name) : errorPath(place.name), { period })
}

/** The address of the same figures as data. The data of a list has all of it. */
export function dataAddress(place: Place): Href {
  const { period } = place
  if ('name' in place) return pathWith(`/api/v1/${place.page}s/${encodeURIComponent(place.name)}`, { period })
  return pathWith(`/api/v1/${place.page}`, { period })
}

/** The file of a page within its folder, without an ending: `scripts/30d-2` is the second page of the scripts of thirty days. */
export function pageFile(place: Place): string {
  const { period } = place
  if ('name' in place) return `${place.page}/${fileName(place.name)}/${period}`
  const state = place.page === 'errors' && place.state === 'muted' ? '-muted' : ''
  const number = place.page === 'overview' || place.number === 1 ? '' : `-${place.number}`
  return `${place.page}/${period}${state}${number}`
}

/** The file of its data, likewise. */
export function dataFile(place: Place): string {
  const { page, period } = place
  return page === 'script' || page === 'error' ? pageFile(place) : `${page}/${period}`
}

/**
 * A name that every file system and every address takes as it is. Whatever is none, or would be the same as another where case does not count, gets a
 * sign that no such name has, and its hash behind it: scripts may be called `../x`, `Docker` or `con`.
 */
function fileName(name: string): string {
  if (plainName.test(name) && !deviceName.test(name)) return name
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return `${readable.slice(0, readableCharacters)}~${createHash('sha256').update(name).digest('hex').slice(0, hashCharacters)}`
}

/** Matches `docker` and `paperless-ngx`; not `Docker`, `-x`, `a.b` or `a~b`. */
const plainName = /^[a-z0-9][a-z0-9_-]{0,63}$/
/** What Windows takes for a device: `con` and `lpt1`, not `console`. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)$/
const readableCharacters = 32
const hashCharacters = 20
