import { Html } from '@elysiajs/html'
import type { FormTarget } from '../frame/frame-view.ts'
import { Link } from '../part/link.tsx'

/** The issue of a group: where it is; where it can be opened, `isLost` when nobody heard what became of one; or that there are none. */
export type IssueView =
  | { readonly state: 'made'; readonly url: string }
  | { readonly state: 'none'; readonly open: FormTarget; readonly repository: string; readonly isLost: boolean }
  | { readonly state: 'off' }

/** The link to a group's issue at GitHub, or the button that opens one. */
export function IssueForm(props: { readonly issue: IssueView }): string {
  const { issue } = props
  if (issue.state === 'made') {
    const link = (
      <p>
        <Link href={issue.url} text="Its issue at GitHub" />
      </p>
    )
    return String(link)
  }
  if (issue.state === 'off') return '<p class="muted">No issue can be opened: GITHUB_TOKEN is not set.</p>'
  const { open, repository, isLost } = issue
  const element = (
    <form method="post" action={open.action} class="filter">
      <input type="hidden" name="token" value={Html.escapeHtml(open.token)} />
      <button type="submit">{isLost ? 'Look for its issue' : 'Open an issue'}</button>
      <span class="muted" safe>
        {isLost
          ? `One was asked for at ${repository}, and the answer was lost.`
          : `At ${repository}, with the text above and no log. Everybody who sees that repository can read it.`}
      </span>
    </form>
  )
  return String(element)
}
