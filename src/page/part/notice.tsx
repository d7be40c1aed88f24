import { Html } from '@elysiajs/html'
import type { NoticeView } from '../frame/frame-view.ts'
import { Link } from './link.tsx'

/** What the reader has to know, with a word and a colour. Faults are read out at once. */
export function Notice(props: { readonly notice: NoticeView }): string {
  const { tone, text, link } = props.notice
  const element = (
    <p class={`card notice ${tone}`} role={tone === 'fault' ? 'alert' : 'status'}>
      <span safe>{text}</span> {link === undefined ? '' : <Link href={link.href} text={link.text} />}
    </p>
  )
  return String(element)
}
