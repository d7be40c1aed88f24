import { dottedTitles, openPersonLabels, organizationLabels, particles, personLabels, placeLabels, roles, titles } from './cue.ts'
import { foldName } from './fold.ts'
import { openLexicon } from './lexicon.ts'
import type { NameHit } from './name-hit.ts'
import { isGermanBody, isOrganizationWord, legalForms, weakOrganizationEnds } from './organization-word.ts'
import { isCapitalized, type Token, tokensOf } from './token.ts'
import { isCommon, isNameable, isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** What the cells of a column are. */
type ColumnType = NameHit['type'] | 'PERSON_OR_ORGANIZATION' | undefined

type Table = { readonly separator: string; readonly columns: readonly ColumnType[] }

const separators = [',', ';', '\t', '|'] as const
const columnsMax = 60
const headCharactersMax = 1000
const cellCharactersMax = 60
const wordsOfNameMax = 7

/** Names in tables whose first line says what the columns hold (`last_name,first_name,city`), line by line. */
export class NameTable {
  #table: Table | undefined

  /** Takes the next line, which begins at `start` of the whole text, and gives the names in its cells. */
  read(line: string, start: number): readonly NameHit[] {
    if (this.#table && /^[-+|=: ]{3,}$/.test(line)) return []
    const cells = this.#table ? cellsOf(line, this.#table.separator) : []
    if (this.#table && cells.length >= Math.min(this.#table.columns.length, 2) && cells.length <= this.#table.columns.length + 1) {
      const { columns } = this.#table
      return cells.flatMap((cell, index) => namesOf(cell, start, columns[index]))
    }
    this.#table = tableOf(line)
    return []
  }
}

/** The table that a line heads, if one of its cells is a label and all of them are short. */
function tableOf(line: string): Table | undefined {
  if (line.length > headCharactersMax || /[{}=<>]/.test(line)) return undefined
  for (const separator of separators) {
    if (!line.includes(separator)) continue
    const cells = cellsOf(line, separator)
    if (cells.length < 2 || cells.length > columnsMax || cells.some(({ text }) => !/^[\p{L}\p{M} _./'*()-]{0,30}$/u.test(text))) continue
    const columns = cells.map(({ text }) => columnOf(text))
    if (columns.some((type) => type !== undefined)) return { separator, columns }
  }
  return undefined
}

const moreColumns = wordSet(
  'author speaker runner payee kunde customer client owner mandant gegner assignee sender recipient child kind abholberechtigt gp homeroom',
)

function columnOf(label: string): ColumnType {
  const folded = foldName(label).replace(/[^a-z]/g, '')
  if (personLabels.has(folded)) return 'PERSON'
  if (openPersonLabels.has(folded) || moreColumns.has(folded)) return 'PERSON_OR_ORGANIZATION'
  if (organizationLabels.has(folded) || folded === 'gericht') return 'ORGANIZATION'
  return placeLabels.has(folded) || folded === 'plzort' ? 'LOCATION' : undefined
}

type Cell = { readonly text: string; readonly start: number }

/** Cells without their quotes; a separator in quotes is none. */
function cellsOf(line: string, separator: string): readonly Cell[] {
  const cells: Cell[] = []
  let from = 0
  let isQuoted = false
  for (let at = 0; at <= line.length; at += 1) {
    const letter = line[at]
    if (letter === '"') isQuoted = !isQuoted
    if (letter !== undefined && (letter !== separator || isQuoted)) continue
    const whole = line.slice(from, at)
    const text = whole.trim().replace(/^"(.*)"$/, '$1')
    cells.push({ text, start: from + Math.max(0, whole.indexOf(text)) })
    from = at + 1
  }
  return separator === '|' ? cells.filter(({ text }, index) => text !== '' || (index > 0 && index < cells.length - 1)) : cells
}

function namesOf(cell: Cell, start: number, type: ColumnType): readonly NameHit[] {
  if (type === undefined || cell.text.length > cellCharactersMax || !cellOfName.test(cell.text)) return []
  const tokens = tokensOf(cell.text, start + cell.start)
  const isBody = type.startsWith('PERSON') && isBodyName(tokens)
  if (isBody || type === 'ORGANIZATION' || type === 'LOCATION')
    return nameOf(tokens, isBody ? 'ORGANIZATION' : type === 'LOCATION' ? type : 'ORGANIZATION')
  return peopleOf(tokens).flatMap((part) => (type === 'PERSON' || isPersonName(part) ? nameOf(part, 'PERSON') : []))
}

/** Letters and the signs between names; no code, no numbers but a postal code. */
const cellOfName = /^(?:\d{4,5} )?[\p{L}\p{M} .,'’ʻ"&()/-]+$/u

function isBodyName(tokens: readonly Token[]): boolean {
  const last = tokens.findLast(({ kind }) => kind === 'word')
  return (
    tokens.some(({ folded, text }) => isOrganizationWord(folded) || legalForms.has(text) || text === '&' || isGermanBody(folded)) ||
    weakOrganizationEnds.has(last?.folded ?? '')
  )
}

/** In a column of people and other things. */
function isPersonName(tokens: readonly Token[]): boolean {
  const { givenName, surname, isProduct } = openLexicon()
  const words = tokens.filter(({ kind }) => kind === 'word')
  return (
    words.some(
      (word) =>
        isStrange(word) ||
        givenName(word.folded) > 0 ||
        surname(word.folded) === 2 ||
        (isCapitalized(word) && !isCommon(word.folded, 'en') && isNameable(word)),
    ) && !words.some(({ folded }) => isProduct(folded) && givenName(folded) === 0)
  )
}

/** `Katinka Rabe, Opa Horst` are two, `Graf, Anna` is one. */
function peopleOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const end = tokens.findIndex(({ text }) => /^[,/(&]$/.test(text))
  if (end < 0 || (end === 1 && tokens[end]?.text === ',')) return [tokens]
  const rest = tokens.slice(end + 1)
  return [tokens.slice(0, end), ...(tokens[end]?.text === '(' ? [] : peopleOf(rest))]
}

function nameOf(tokens: readonly Token[], type: NameHit['type']): readonly NameHit[] {
  const first = tokens.findIndex((_, at) => !isForm(tokens, at))
  const own = first < 0 ? [] : tokens.slice(first)
  const words = own.filter(({ kind }) => kind === 'word')
  const begin = own[0]
  const last = own.at(-1)
  if (!begin || !last || begin.kind !== 'word' || words.length > wordsOfNameMax || own.some(({ kind }) => kind === 'number')) return []
  if (!/^\p{Lu}/u.test(begin.text) && !(particles.has(begin.folded) && words.length > 1)) return []
  return [{ type, start: begin.start, end: last.end, score: 0.7, why: 'in a column of names' }]
}

/** What stands before a name in its cell: `Hr.`, `Opa`, a postal code. */
function isForm(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token?.kind !== 'word') return true
  const isDotted = tokens[at + 1]?.text === '.' && dottedTitles.has(token.folded)
  return isDotted || (tokens.length > at + 1 && (titles.has(token.folded) || roles.has(token.folded)))
}
