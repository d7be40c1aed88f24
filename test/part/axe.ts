import axe from 'axe-core'
import type { Page } from 'playwright-core'

type AxeOptions = {
  /** Rules that do not hold here. */
  readonly without?: readonly string[]
  /** The rules to ask, or tags of them; all without it. */
  readonly only?: readonly string[]
}

/** Widths differ in what is shown, schemes in colours alone: each of both is asked once. */
export const axeLooks = [
  { width: 1280, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const

/** What axe finds on the page, each fault with its element. It is told to collect nothing else, and not to load style sheets by itself. */
export async function findAxeFaults(page: Page, { without = [], only }: AxeOptions = {}): Promise<readonly string[]> {
  const options = {
    preload: false,
    resultTypes: ['violations'],
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    ...(only !== undefined && { runOnly: only }),
  }
  await page.evaluate(axe.source)
  return page.evaluate<readonly string[]>(
    `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))`,
  )
}
