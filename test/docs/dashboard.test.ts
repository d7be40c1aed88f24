import { describe, expect, test } from 'bun:test'
import { allScenes } from '../../script/picture/scene.ts'
import { Header } from '../../src/page/frame/header.tsx'
import { sampleFrame } from '../page/sample-view.ts'
import { listFiles, readText } from '../tidy/source.ts'
import { sectionOf } from './paper.ts'
import { picturesIn, pngFacts } from './picture.ts'

const folder = 'docs/picture'
const paper = readText('docs/dashboard.md')
const shown = picturesIn(paper)
/** The ways to the pages as who signed in sees them. */
const navigation = [...Header({ frame: sampleFrame('/dashboard'), current: undefined }).matchAll(/<nav[\s\S]*?<\/nav>/g)].flatMap(([nav]) =>
  [...nav.matchAll(/<a [^>]*>([^<]+)<\/a>/g)].map(([, text = '']) => text),
)
const files = listFiles().filter((path) => path.startsWith(`${folder}/`))

describe('docs/dashboard.md', () => {
  test('is held to the pages of the navigation', () => {
    expect(navigation.slice(0, 2)).toEqual(['Overview', 'Scripts'])
  })

  test.each(navigation.map((text) => [text] as const))('%s has a section with its picture in light and dark', (text) => {
    const name = text.toLowerCase()
    const pictures = picturesIn(sectionOf(paper, text))
    expect(pictures.map(({ light, dark }) => [light, dark])).toContainEqual([`picture/${name}-light.png`, `picture/${name}-dark.png`])
  })

  test('shows every page that is pictured, and no other, each in words too', () => {
    const names = shown.map(({ light, dark }) => [light, dark])
    const pictured = allScenes.map(({ name }) => [`picture/${name}-light.png`, `picture/${name}-dark.png`])
    expect(names.toSorted()).toEqual(pictured.toSorted())
    for (const { alt } of shown) expect(alt.length).toBeGreaterThan(20)
  })

  test('counts as many picture tags as it shows: none is written another way', () => {
    expect(paper.match(/<picture>|<img|!\[/g)?.length).toBe(2 * shown.length)
  })
})

test('the README shows the overview in light and dark', () => {
  const [overview, ...others] = picturesIn(readText('README.md'))
  expect([overview?.light, overview?.dark, others]).toEqual([`${folder}/overview-light.png`, `${folder}/overview-dark.png`, []])
})

describe('the pictures', () => {
  test('are those that a paper shows', () => {
    const used = shown.flatMap(({ light, dark }) => [`docs/${light}`, `docs/${dark}`])
    expect(files.toSorted()).toEqual(used.toSorted())
  })

  test.each(files.map((path) => [path] as const))('%s is a PNG of the width of the window, and small', async (path) => {
    const { isPng, width, height, bytes } = await pngFacts(path)
    expect([isPng, width]).toEqual([true, 1_280])
    expect(height).toBeGreaterThan(200)
    expect(height).toBeLessThanOrEqual(1_600)
    expect(bytes).toBeLessThan(160_000)
  })

  test('stay out of the image', () => {
    const ignored = readText('.dockerignore').split('\n')
    expect(ignored).toContain('*')
    expect(ignored.filter((line) => line.startsWith('!docs'))).toEqual([])
  })
})
