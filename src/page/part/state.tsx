import { Html } from '@elysiajs/html'

/** How a run's state looks: a shape, a word and a colour, so that no one of them has to be seen. */
const looks = {
  success: { shape: '✓', word: 'success', colour: 'success' },
  failed: { shape: '✕', word: 'failed', colour: 'failed' },
  aborted: { shape: '⊘', word: 'aborted', colour: 'aborted' },
  installing: { shape: '…', word: 'installing', colour: 'running' },
  validation: { shape: '…', word: 'validation', colour: 'running' },
  configuring: { shape: '…', word: 'configuring', colour: 'running' },
  unknown: { shape: '?', word: 'unknown', colour: 'unknown' },
} as const

export type StateName = keyof typeof looks

/** A state as shape, word and colour. */
export function State(props: { readonly name: StateName }): string {
  const { shape, word, colour } = looks[props.name]
  const element = (
    <span class={`state ${colour}`}>
      <span aria-hidden="true">{shape}</span> <span>{word}</span>
    </span>
  )
  return String(element)
}
