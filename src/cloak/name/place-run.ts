/** Where the name of a place ends that begins at a known token; score and reason as of `NameHit`. */
export type PlaceRun = { readonly to: number; readonly score: number; readonly why: string }
