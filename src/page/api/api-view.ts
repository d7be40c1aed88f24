import type { FrameView } from '../frame/frame-view.ts'

/** A parameter of a route: its values in words, and what holds without it; that is empty where nothing does. Texts have code between backticks. */
export type ApiParameterView = { readonly name: string; readonly values: string; readonly meaning: string; readonly without: string }

/** One route of the API. `example` is a command that works as pasted, or the body of an answer. */
export type ApiRouteView = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly summary: string
  /** Who may ask: anybody, or the scope of a key. */
  readonly access: string
  readonly parameters: readonly ApiParameterView[]
  readonly answers: readonly { readonly status: number; readonly meaning: string }[]
  readonly example?: string
}

/** `/api`: the JSON APIs in words; the same as data is the OpenAPI document. */
export type ApiView = {
  readonly frame: FrameView
  readonly groups: readonly { readonly title: string; readonly about: string; readonly routes: readonly ApiRouteView[] }[]
}
