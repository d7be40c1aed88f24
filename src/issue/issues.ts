import type { ErrorIssue, ErrorIssues, IssueKey } from '../access/error-issue.ts'
import type { Clock } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import { draftIssue, type IssueGroup } from './draft.ts'
import type { Github } from './github.ts'
import type { GithubFault, GithubFaultCode } from './github-fault.ts'

/**
 * Why there is no issue. `off`: no token is set. `busy`: as many are being asked for as may at a time. `undecided`: one was asked for a moment ago, nobody
 * heard the answer, and it is too early to be sure that there is none.
 */
export type IssueFault = { readonly code: GithubFaultCode | 'off' | 'busy' | 'undecided'; readonly retrySeconds?: number }

export type IssueWish = { readonly key: IssueKey; readonly group: IssueGroup; readonly labels: readonly string[]; readonly actor: string }

/** Opens issues for groups of errors, never a second one for a group. */
export type Issues = {
  /** Whether a token is set. */
  readonly isOn: boolean
  find(key: IssueKey): ErrorIssue | undefined
  /** The address of the group's issue, which is made when there is none. */
  open(wish: IssueWish): Promise<Result<string, IssueFault>>
}

export type IssuesOptions = { readonly github: Github | undefined; readonly book: ErrorIssues; readonly clock: Clock }

/** Groups whose issues are asked for at once. */
const flyingMax = 8
/** After so long GitHub has made what it was asked for, or never will. */
export const decidedMs = 60_000
/** By how much the clock of GitHub may differ from ours. */
const clockSlackMs = 3_600_000

/**
 * An issue is looked for before one is made: by GitHub's search where nothing is known of the group (the files may be older than the issue, after a restore),
 * in the list of issues where one was asked for and the answer was lost. That one was asked for is on disk before the request leaves.
 */
export function openIssues({ github, book, clock }: IssuesOptions): Issues {
  const flying = new Map<string, Promise<Result<string, IssueFault>>>()
  let quietUntil = 0

  async function open(wish: IssueWish): Promise<Result<string, IssueFault>> {
    const known = book.find(wish.key)
    if (known?.state === 'made') return ok(known.url)
    if (github === undefined) return err({ code: 'off' })
    const name = JSON.stringify([wish.key.tenant, wish.key.fingerprint])
    const own = flying.get(name)
    if (own !== undefined) return own
    const waitMs = quietUntil - clock.now()
    if (waitMs > 0) return err({ code: 'rate_limited', retrySeconds: Math.ceil(waitMs / 1_000) })
    if (flying.size >= flyingMax) return err({ code: 'busy', retrySeconds: 5 })
    const asked = settle(wish, known, github).finally(() => flying.delete(name))
    flying.set(name, asked)
    return asked
  }

  async function settle(
    { key, group, labels, actor }: IssueWish,
    known: ErrorIssue | undefined,
    at: Github,
  ): Promise<Result<string, IssueFault>> {
    const marker = book.markerOf(key)
    const found = await (known === undefined ? at.search(marker) : at.findSince(marker, Math.min(known.at, clock.now()) - clockSlackMs))
    if (!found.ok) return refuse(found.fault)
    if (found.value !== undefined) return keep(key, found.value, known?.actor ?? actor)
    const ageMs = known === undefined ? decidedMs : clock.now() - known.at
    if (ageMs >= 0 && ageMs < decidedMs) return err({ code: 'undecided', retrySeconds: Math.ceil((decidedMs - ageMs) / 1_000) })

    book.claim(key, actor)
    const made = await at.create(draftIssue(group, { fingerprint: key.fingerprint, marker, labels }))
    if (made.ok) return keep(key, made.value, actor)
    if (!made.fault.isDoubt) book.release(key)
    return refuse(made.fault)
  }

  function keep(key: IssueKey, url: string, actor: string): Result<string, IssueFault> {
    book.keep(key, url, actor)
    return ok(url)
  }

  function refuse({ code, retrySeconds }: GithubFault): Result<string, IssueFault> {
    if (code === 'rate_limited') quietUntil = clock.now() + (retrySeconds ?? 0) * 1_000
    return err({ code, ...(retrySeconds !== undefined && { retrySeconds }) })
  }

  return { isOn: github !== undefined, find: (key) => book.find(key), open }
}
