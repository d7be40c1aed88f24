/** A text of the corpus: as a client sent it, as it may be stored, and where its secrets stand. */
export type Specimen = { readonly name: string; readonly text: string; readonly cloaked: string; readonly secrets: readonly Secret[] }

/** `start` and `end` within the text. `knownBy` is `<` or `>` for what only the words before or behind it give away; a cut may take those. */
export type Secret = {
  readonly kind: string
  readonly knownBy: string
  readonly start: number
  readonly end: number
  readonly value: string
}

const marker = /⟦([a-z0-9-]+)([<>]?)\|([\s\S]*?)⟧/g

/** Reads a corpus file: each specimen begins with `=== name`, what must go stands as `⟦kind|secret⟧` (or `⟦kind<|secret⟧`) and becomes `<kind>` (`⟦x|51⟧` becomes `x`). */
export function readSpecimens(file: string): readonly Specimen[] {
  return file
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const lineEnd = part.indexOf('\n')
      return readSpecimen(part.slice(0, lineEnd), part.slice(lineEnd + 1).replace(/\n$/, ''))
    })
}

function readSpecimen(name: string, marked: string): Specimen {
  const secrets: Secret[] = []
  let text = ''
  let cloaked = ''
  let end = 0
  for (const { 0: whole, 1: kind = '', 2: knownBy = '', 3: value = '', index } of marked.matchAll(marker)) {
    const between = marked.slice(end, index)
    text += between
    secrets.push({ kind, knownBy, value, start: text.length, end: text.length + value.length })
    text += value
    cloaked += between + (kind === 'x' ? 'x' : `<${kind}>`)
    end = index + whole.length
  }
  return { name, text: text + marked.slice(end), cloaked: cloaked + marked.slice(end), secrets }
}

/** Every specimen of `test/fixture/cloak/*.corpus`, in the order of names. */
export async function readCorpus(): Promise<readonly Specimen[]> {
  const folder = new URL('../fixture/cloak/', import.meta.url).pathname
  const names = [...new Bun.Glob('*.corpus').scanSync(folder)].sort()
  const files = await Promise.all(names.map((name) => Bun.file(folder + name).text()))
  return files.flatMap(readSpecimens)
}
