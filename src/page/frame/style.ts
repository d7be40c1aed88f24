import css from './style.css' with { type: 'text' }

/** The one style sheet as it is sent: without its comments and blanks, which are a tenth of it when packed. */
export const style = compact(css)

/** No rule of ours has a string or an address in which blanks would count. */
function compact(text: string): string {
  return text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>+]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(' / ', '/')
    .replace(/="([a-z-]+)"]/g, '=$1]')
    .replaceAll(';}', '}')
    .trim()
}
