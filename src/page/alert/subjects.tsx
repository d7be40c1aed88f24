import { Html } from '@elysiajs/html'
import { formatMany } from '../format.ts'
import { Link } from '../part/link.tsx'
import type { SubjectView } from './alerts-view.ts'

/** What a rule is about that is not well, one a line; nothing where all is. */
export function Subjects(props: { readonly subjects: readonly SubjectView[]; readonly more: number }): string {
  const { subjects, more } = props
  const element = (
    <>
      {subjects.map(({ text, href }) =>
        href === undefined ? (
          <span class="under" safe>
            {text}
          </span>
        ) : (
          <span class="under">
            <Link href={href} text={text} />
          </span>
        ),
      )}
      {more === 0 ? (
        ''
      ) : (
        <span class="muted under" safe>
          {`and ${formatMany(more, 'other')}`}
        </span>
      )}
    </>
  )
  return String(element)
}
