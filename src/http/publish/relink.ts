/**
 * A page with every address turned into one that leads from `file` to another file of the same folder, wherever that lies. A link to what is no file
 * becomes its text; `find` gives the file of an address of the service.
 */
export function relink(html: string, file: string, find: (address: string) => string | undefined): string {
  const up = '../'.repeat(file.split('/').length - 1)
  return new HTMLRewriter()
    .on('link[rel=stylesheet]', { element: (link) => void link.setAttribute('href', `${up}${styleFile}`) })
    .on('a[href]', {
      element: (link) => {
        const address = plain(link.getAttribute('href') ?? '')
        if (address.startsWith('#')) return
        const target = find(address)
        if (target !== undefined) link.setAttribute('href', `${up}${target}`)
        else becomeText(link)
      },
    })
    .transform(html)
}

/** The one style sheet of all pages. */
export const styleFile = 'style.css'

/** What is no link has no name beside its text. */
function becomeText(link: HTMLRewriterTypes.Element): void {
  link.tagName = 'span'
  link.removeAttribute('href')
  link.removeAttribute('aria-label')
}

/** An attribute as it was before it was escaped. */
function plain(attribute: string): string {
  return attribute
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
