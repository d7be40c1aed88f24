import { Html } from '@elysiajs/html'
import type { PropsWithChildren } from '@kitajs/html'

export type LayoutProps = PropsWithChildren<{
  readonly title: string
  /** What stands at the foot: when the page was made, how old its figures are, and a link of ours. */
  readonly footer: { readonly text: string; readonly link: { readonly href: `/${string}`; readonly text: string } }
  /** After how many seconds the browser loads the page again, by itself and without a script. */
  readonly refreshSeconds?: number
}>

/** The frame of every page: one style sheet, no script. */
export function Layout(props: LayoutProps): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {props.refreshSeconds === undefined ? '' : <meta http-equiv="refresh" content={String(props.refreshSeconds)} />}
        <title safe>{props.title}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" type="image/svg+xml" href="/icon.svg" />
      </head>
      <body>
        <header>
          <h1>telemetry</h1>
        </header>
        <main>{props.children}</main>
        <footer>
          <span safe>{props.footer.text}</span>
          {' · '}
          <a href={props.footer.link.href} safe>
            {props.footer.link.text}
          </a>
        </footer>
      </body>
    </html>
  )
  return `<!doctype html>${page}`
}
