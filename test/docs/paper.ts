import { dirname, join, normalize } from 'node:path'
import { listFiles, readText } from '../tidy/source.ts'

/** One paper of the project: where it lies and what it says. */
export type Paper = { readonly path: string; readonly text: string }

/** A row of a table: its cells without the bars. */
export type Row = readonly string[]

/** Every Markdown file but those in fixtures. */
export function listPapers(): readonly Paper[] {
  const paths = listFiles().filter((path) => path.endsWith('.md') && !path.startsWith('test/'))
  return paths.map((path) => ({ path, text: readText(path) }))
}

/** The text under a heading, up to the next one of the same or a higher level. */
export function sectionOf(text: string, heading: string): string {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '').replaceAll('`', '') === heading)
  if (start < 0) return ''
  const level = lines[start]?.match(/^#+/)?.[0].length ?? 1
  const end = lines.findIndex((line, index) => index > start && /^#+ /.test(line) && (line.match(/^#+/)?.[0].length ?? 9) <= level)
  return lines.slice(start + 1, end < 0 ? undefined : end).join('\n')
}

/** The rows of all tables in a text, without their heads. */
export function rowsOf(text: string): readonly Row[] {
  const lines = outsideCode(text).split('\n')
  return lines.flatMap((line, index) => {
    const isHead = /^\|[-| :]+\|$/.test(lines[index + 1] ?? '')
    if (!line.startsWith('|') || isHead || /^\|[-| :]+\|$/.test(line)) return []
    return [
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    ]
  })
}

/** What a paper explains: names in backticks that stand in a heading or in the first cell of a row. */
export function namesExplained(text: string): readonly string[] {
  const headings = outsideCode(text).match(/^#+ .*$/gm) ?? []
  return [...headings, ...rowsOf(text).map(([first = '']) => first)].flatMap(quotedIn)
}

/** Everything in backticks on one line, outside blocks of code. */
export function quotedIn(text: string): readonly string[] {
  return [...outsideCode(text).matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name)
}

/** Blocks of code of a paper. */
export function codeIn(text: string): string {
  return (text.match(/^```[\s\S]*?^```/gm) ?? []).join('\n')
}

export function outsideCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '')
}

/** Links to files of the project that point nowhere, also to headings that are not there. */
export function findBrokenLinks({ path, text }: Paper, files: ReadonlySet<string>): readonly string[] {
  const links = [...outsideCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  return links.flatMap((link) => {
    if (/^[a-z]+:/.test(link)) return []
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : normalize(join(dirname(path), file))
    if (!files.has(target) && ![...files].some((known) => known.startsWith(`${target.replace(/\/$/, '')}/`))) return [`${path}: ${link}`]
    return anchor === undefined || anchorsOf(readText(target)).includes(anchor) ? [] : [`${path}: ${link} has no such heading`]
  })
}

/** Anchors as GitHub makes them of headings. */
function anchorsOf(text: string): readonly string[] {
  const headings = outsideCode(text).match(/^#+ .*$/gm) ?? []
  return headings.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  )
}
