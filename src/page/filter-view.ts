import type { FilterName, Href, Selection } from './address.ts'

/** A filter that this page alone has. Without choices it is a field to type in. */
export type OwnFilterView = {
  readonly name: string
  readonly title: string
  readonly choices?: readonly string[]
  /** Whether it stands in the first line, before the others. */
  readonly leads?: boolean
}

/** The filters of a page: its path, what is asked for, and what can be chosen. A filter without choices is a field to type in. */
export type FilterView = {
  readonly path: Href
  readonly selection: Selection
  /** Filters of the form, in order; others are shown once an address names them. A page without any takes none. */
  readonly names: readonly FilterName[]
  readonly choices: { readonly [Name in FilterName]?: readonly string[] }
  /** Whether figures can be compared with the period before. */
  readonly hasCompare: boolean
  /** Filters that other pages do not have; what they are set to stands in `kept`. */
  readonly own?: readonly OwnFilterView[]
  /** Parameters of the page itself that a new filter keeps, such as its order. */
  readonly kept?: Readonly<Record<string, string>>
}
