import { Html } from '@elysiajs/html'

/** A text of ours in which what is to be typed stands between backticks, as in the OpenAPI document. */
export function Coded(props: { readonly text: string }): string {
  const parts = props.text.split('`')
  const isWhole = parts.length % 2 === 1
  return isWhole ? parts.map((part, index) => (index % 2 === 0 ? Html.escapeHtml(part) : Code(part))).join('') : Html.escapeHtml(props.text)
}

function Code(text: string): string {
  return String(<code safe>{text}</code>)
}
