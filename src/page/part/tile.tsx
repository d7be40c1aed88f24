import { Html } from '@elysiajs/html'
import type { PropsWithChildren } from '@kitajs/html'

/** One figure with its name, inside a `<dl class="tiles">`. What stands below it, such as its change, are the children. */
export function Tile(props: PropsWithChildren<{ readonly name: string; readonly safeFigure: string }>): string {
  const { name, safeFigure } = props
  const element = (
    <div class="tile">
      <dt safe>{name}</dt>
      <dd class="figure">{safeFigure}</dd>
      <dd class="note">{props.children}</dd>
    </div>
  )
  return String(element)
}
