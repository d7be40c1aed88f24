import { describe, expect, test } from 'bun:test'
import { type Place, pageFile } from '../../../src/http/publish/place.ts'
import { createSiteMap } from '../../../src/http/publish/site-map.ts'
import { scriptPath } from '../../../src/page/address.ts'

const docker: Place = { page: 'script', period: '7d', name: 'docker' }
const odd: Place = { page: 'script', period: '30d', name: 'a/b?c=d#e&f' }

function sample() {
  const map = createSiteMap()
  const lists: readonly Place[] = [
    { page: 'overview', period: '30d' },
    { page: 'scripts', period: '30d', number: 1 },
    { page: 'scripts', period: '30d', number: 2 },
    { page: 'errors', period: '7d', number: 1, state: 'muted' },
  ]
  for (const place of [...lists, docker, odd]) map.add(place)
  return map
}

describe('an address of the service', () => {
  test.each([
    ['/', 'overview/30d.html'],
    ['/dashboard?period=30d', 'overview/30d.html'],
    ['/script-analysis', 'scripts/30d.html'],
    ['/script-analysis?period=30d&page=2', 'scripts/30d-2.html'],
    ['/error-analysis?state=muted&period=7d', 'errors/7d-muted.html'],
    ['/api/v1/errors?period=7d', 'errors/7d.json'],
    ['/api/v1/scripts/docker?period=7d', 'script/docker/7d.json'],
    [scriptPath(odd.page === 'script' ? odd.name : ''), `${pageFile(odd)}.html`],
  ])('%s leads to %s', (address, file) => expect(sample().find(address, '30d')).toBe(file))

  test.each([
    '/records',
    '/script-analysis?period=30d&sort=success',
    '/dashboard?os=debian',
    '/dashboard?period=7d',
    '/scripts/immich',
    '/sign-in',
    '/api',
  ])('%s leads nowhere', (address) => expect(sample().find(address, '30d')).toBeUndefined())

  test('that names no period means the usual one, else that of the page it stands on', () => {
    expect(sample().find('/scripts/docker', '7d')).toBe('script/docker/7d.html')
    expect(sample().find('/scripts/docker', '90d')).toBeUndefined()
  })
})

describe('the file of a name', () => {
  const nameOf = (name: string) => pageFile({ page: 'script', period: '7d', name }).split('/')[1] ?? ''
  const names = ['Docker', 'DOCKER', 'docker~', 'con', 'a.b', 'a b', 'a/b', '../x', '-x', '_x', '<b>', 'ä', 'ö', '', '.', 'x'.repeat(65)]

  test.each(['docker', 'paperless-ngx', 'x_1', '2fauth', 'console'])('%s is itself', (name) => expect(nameOf(name)).toBe(name))
  test.each(names)('%p is one that every file system takes, and is no plain name', (name) => {
    expect(nameOf(name)).toMatch(/^[a-z0-9-]{0,32}~[0-9a-f]{20}$/)
  })
  test('differs from every other', () => {
    expect(new Set([...names, 'docker'].map((name) => nameOf(name).toLowerCase())).size).toBe(names.length + 1)
  })
})
