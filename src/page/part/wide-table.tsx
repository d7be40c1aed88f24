import { Html } from '@elysiajs/html'
import type { PropsWithChildren } from '@kitajs/html'

/** A table that may be wider than the screen: it scrolls in its own box, also by keyboard. */
export function WideTable(props: PropsWithChildren<{ readonly label: string; readonly class?: string }>): string {
  const element = (
    <div class="wide" tabindex="0" role="region" aria-label={Html.escapeHtml(props.label)}>
      <table class={props.class}>{props.children}</table>
    </div>
  )
  return String(element)
}
