/** A text of a labelled set (`test/fixture/cloak/README.md` describes them); a harmless one has no spans. */
export type LabelledText = { readonly id: string; readonly kind: string; readonly text: string; readonly spans: readonly LabelledSpan[] }

/** What has to be hidden, `end` exclusive, both in UTF-16 units of the text. */
export type LabelledSpan = { readonly type: LabelType; readonly start: number; readonly end: number }

/** Every type that a span may have. */
export const labelTypes = [
  ...(['EMAIL_ADDRESS', 'IP_ADDRESS', 'MAC_ADDRESS', 'HOSTNAME', 'DOMAIN', 'URL', 'URL_CREDENTIALS', 'HOME_PATH', 'USERNAME'] as const),
  ...(['PASSWORD', 'API_KEY', 'JWT', 'PRIVATE_KEY'] as const),
  ...(['PERSON', 'ORGANIZATION', 'LOCATION', 'ADDRESS', 'NRP', 'DATE_TIME'] as const),
  ...(['PHONE_NUMBER', 'CREDIT_CARD', 'IBAN_CODE', 'BANK_ACCOUNT', 'US_SSN', 'TAX_ID', 'US_PASSPORT', 'US_DRIVER_LICENSE'] as const),
  ...(['MEDICAL_LICENSE', 'UK_NHS', 'CRYPTO', 'ACCOUNT_ID', 'SALESFORCE_ID', 'CASE_NUMBER', 'CONTRACT_NUMBER'] as const),
] as const

export type LabelType = (typeof labelTypes)[number]

const header = /^=== (\S+) (\S+)\n/gm

/** Reads a file of a set. Throws, naming the text, where brackets do not close, nest, hold nothing or name an unknown type. */
export function readLabelledTexts(file: string): readonly LabelledText[] {
  const headers = [...file.matchAll(header)]
  if ((headers[0]?.index ?? file.length) > 0) throw new Error('a labelled file begins with a line === ID KIND')
  return headers.map(({ 0: line, 1: id = '', 2: kind = '', index }, number) => {
    const marked = file.slice(index + line.length, headers[number + 1]?.index)
    return { id, kind, ...readSpans(id, marked.replace(/\n$/, '')) }
  })
}

const span = /⟦([A-Z_]+)\|([^⟦⟧]+)⟧/g

function readSpans(id: string, marked: string): { readonly text: string; readonly spans: readonly LabelledSpan[] } {
  const spans: LabelledSpan[] = []
  let text = ''
  let end = 0
  for (const { 0: whole, 1: name, 2: value = '', index } of marked.matchAll(span)) {
    const type = labelTypes.find((one) => one === name)
    if (!type) throw new Error(`${id}: no type is called ${name}`)
    text += marked.slice(end, index)
    spans.push({ type, start: text.length, end: text.length + value.length })
    text += value
    end = index + whole.length
  }
  text += marked.slice(end)
  if (/[⟦⟧]/.test(text)) throw new Error(`${id}: a bracket without its other half, its type or a value`)
  return { text, spans }
}

/** Every text of a folder of `test/fixture/cloak/`, by the names of its files. Throws where two texts have the same id. */
export async function readLabelledSet(name: string): Promise<readonly LabelledText[]> {
  const folder = new URL(`../fixture/cloak/${name}/`, import.meta.url).pathname
  const paths = [...new Bun.Glob('*.txt').scanSync(folder)].sort()
  const files = await Promise.all(paths.map((path) => Bun.file(folder + path).text()))
  const texts = files.flatMap(readLabelledTexts)
  const ids = new Set<string>()
  for (const { id } of texts) {
    if (ids.has(id)) throw new Error(`${id} is the id of two texts`)
    ids.add(id)
  }
  return texts
}
