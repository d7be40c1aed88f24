/** Where something stands in a text, `end` exclusive, in UTF-16 units. */
export type Place = { readonly start: number; readonly end: number }
