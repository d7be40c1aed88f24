/** Tokens of the name of a body in a line, `to` exclusive; score and reason as of `NameHit`. */
export type OrganizationRun = { readonly from: number; readonly to: number; readonly score: number; readonly why: string }
