import { describe, expect, test } from 'bun:test'
import { iconAddress } from '../../src/page/frame/icon.ts'
import { expectGolden } from '../part/golden.ts'
import { gallery } from './gallery.tsx'
import { sampleIssueUrl } from './sample-page.ts'

const pages = Object.entries(gallery)

describe('pages look as they did', () => {
  test.each(pages.filter(([name]) => !name.endsWith('-huge')))('%s', (name, html) => {
    expectGolden(`page/${name}.html`, `${html.replaceAll('><', '>\n<')}\n`)
  })
})

describe.each(pages)('%s', (_, html) => {
  test('has no script, no style of its own and no address of another host', () => {
    expect(html).not.toMatch(/<script|<style|<[^>]*\s(?:style|on[a-z]+)=/i)
    const links = html.replaceAll(`<a href="${sampleIssueUrl}">`, '')
    const addresses = [...links.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, url]) => url ?? '')
    expect(addresses.filter((url) => url !== iconAddress && !/^(?:\/(?!\/)|#[a-z]+$)/.test(url))).toEqual([])
  })

  test('has one main heading, a language, a title and a way past the navigation', () => {
    expect(html.match(/<h1[ >]/g)).toHaveLength(1)
    expect(html).toContain('<html lang="en"')
    expect(html).toMatch(/<title>[^<]+<\/title>/)
    expect(html).toContain('<a class="skip" href="#main">')
  })

  test('names each of its fields', () => {
    const ids = [...html.matchAll(/<(?:input|select|textarea)\b(?![^>]*type="hidden")[^>]*>/g)].map(
      ([tag]) => tag.match(/ id="([^"]+)"/)?.[1],
    )
    for (const id of ids) expect(html).toContain(`<label for="${id}">`)
  })

  test('says each id once', () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(ids).toEqual([...new Set(ids)])
  })
})
