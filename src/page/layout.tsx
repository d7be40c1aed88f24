import { Html } from '@elysiajs/html'
import type { PropsWithChildren } from '@kitajs/html'

export type LayoutProps = PropsWithChildren<{
  readonly title: string
  /** Finished HTML of what stands at the foot: when the page was made, and how old its figures are. */
  readonly footer: string
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
        <footer>{props.footer}</footer>
      </body>
    </html>
  )
  return `<!doctype html>${page}`
}
