import { Html } from '@elysiajs/html'
import type { PropsWithChildren } from '@kitajs/html'
import { Link } from '../part/link.tsx'
import { Notice } from '../part/notice.tsx'
import type { FrameView } from './frame-view.ts'
import { Header, type LookedAt, type NavName, PlainHeader } from './header.tsx'
import { iconAddress } from './icon.ts'

export type LayoutProps = PropsWithChildren<{
  readonly title: string
  /** What stands at the foot of a page without a frame: when the page was made, how old its figures are, and a link of ours. */
  readonly footer?: { readonly text: string; readonly link: { readonly href: `/${string}`; readonly text: string } }
  /** After how many seconds the browser loads the page again, by itself and without a script. */
  readonly refreshSeconds?: number
  /** How a page without a frame looks, and where it is; as the system does where nothing is said. */
  readonly looked?: LookedAt | undefined
  /** Ways to the other pages, who signed in, notices and the foot of the dashboard. */
  readonly frame?: FrameView
  /** The page of the ways that this one belongs to. */
  readonly current?: NavName
  /** What stands beside the title, such as the days that are counted. */
  readonly lead?: string
}>

/** The frame of every page: one style sheet, no script. */
export function Layout(props: LayoutProps): string {
  const { title, frame, footer } = props
  const theme = frame?.theme ?? props.looked?.theme ?? 'auto'
  const refreshSeconds = frame?.refresh?.seconds ?? props.refreshSeconds
  const page = (
    <html lang="en" data-theme={theme === 'auto' ? undefined : theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {refreshSeconds === undefined ? '' : <meta http-equiv="refresh" content={String(refreshSeconds)} />}
        <title safe>{frame === undefined ? title : `${title} · telemetry`}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" type="image/svg+xml" href={iconAddress} />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to content
        </a>
        {frame === undefined ? <PlainHeader looked={props.looked} /> : <Header frame={frame} current={props.current} />}
        <main id="main" tabindex="-1">
          {frame === undefined ? '' : <Title title={title} lead={props.lead} />}
          {frame?.notices.map((notice) => <Notice notice={notice} />) ?? ''}
          {props.children}
        </main>
        {frame === undefined ? '' : <Foot frame={frame} />}
        {footer === undefined || frame !== undefined ? '' : <PlainFoot footer={footer} />}
      </body>
    </html>
  )
  return `<!doctype html>${page}`
}

function Title(props: { readonly title: string; readonly lead: string | undefined }): string {
  const element = (
    <div class="title">
      <h1 safe>{props.title}</h1>
      {props.lead === undefined ? (
        ''
      ) : (
        <span class="muted" safe>
          {props.lead}
        </span>
      )}
    </div>
  )
  return String(element)
}

function Foot(props: { readonly frame: FrameView }): string {
  const { made, refresh, isPublished } = props.frame
  const { milliseconds, asOf, json, csv } = made
  const links = [
    json && { href: json, text: 'JSON' },
    csv && { href: csv, text: 'CSV' },
    !isPublished && { href: '/api' as const, text: 'API' },
    refresh && { href: refresh.pause, text: `Stop loading again every ${refresh.seconds} seconds` },
  ].filter((link) => !!link)
  const element = (
    <footer>
      <span safe>{`${isPublished ? '' : `rendered in ${milliseconds} ms · `}data as of ${asOf} UTC`}</span>
      {links.map((link) => (
        <>
          {' · '}
          <Link href={link.href} text={link.text} />
        </>
      ))}
    </footer>
  )
  return String(element)
}

function PlainFoot(props: { readonly footer: NonNullable<LayoutProps['footer']> }): string {
  const { text, link } = props.footer
  const element = (
    <footer>
      <span safe>{text}</span>
      {' · '}
      <a href={link.href} safe>
        {link.text}
      </a>
    </footer>
  )
  return String(element)
}
