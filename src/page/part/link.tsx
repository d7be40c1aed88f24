import { Html } from '@elysiajs/html'
import { titleOfCut } from './cut.tsx'

export type LinkProps = {
  readonly href: string
  readonly text: string
  readonly class?: string
  readonly label?: string
  readonly isCurrent?: boolean
  /** Whether it stands where a long text is cut. */
  readonly isCut?: boolean
}

/** A link to where it is safe to go: http, https or a place of ours. Any other address leaves the text alone. */
export function Link(props: LinkProps): string {
  const { href, text, label, isCurrent, isCut } = props
  const className = isCut ? 'cut' : props.class
  const title = isCut ? titleOfCut(text) : undefined
  const element = isSafeAddress(href) ? (
    <a
      href={escapeAddress(href)}
      class={className}
      title={title}
      aria-label={label && Html.escapeHtml(label)}
      aria-current={isCurrent === true ? 'page' : undefined}
      safe
    >
      {text}
    </a>
  ) : (
    <span class={className} title={title} safe>
      {text}
    </span>
  )
  return String(element)
}

/**
 * Whether an address leads to http, https or this service. `/records?period=7d` does; `javascript:alert(1)`, `//host` and `/\host` do not.
 * Browsers drop tabs and line breaks inside an address, so that one with any is refused too.
 */
export function isSafeAddress(address: string): boolean {
  if (/^\/(?![/\\])[^\u0000-\u0020\u007f]*$/.test(address)) return true // Nearly every one of hundreds.
  if (/[\u0000-\u0020\u007f]/.test(address)) return false
  return /^https?:\/\/[^/]/i.test(address) || /^[?#]/.test(address)
}

/** Only quotes are escaped in attributes; an ampersand before a name such as `copy` could be read as a character. */
function escapeAddress(address: string): string {
  return address.replaceAll('&', '&amp;')
}
