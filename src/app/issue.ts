import type { Access } from '../access/access.ts'
import { systemClock } from '../base/clock.ts'
import type { Settings } from '../config.ts'
import { createGithub, type Github, publicApiUrl } from '../issue/github.ts'
import { type Issues, openIssues } from '../issue/issues.ts'
import { systemLookup } from './lookup.ts'

/** Issues for groups of errors, as the settings ask for. Without GITHUB_TOKEN nothing is sent. */
export function openIssuesOf(settings: Settings, { errorIssues }: Pick<Access, 'errorIssues'>): Issues {
  return openIssues({ github: githubOf(settings), book: errorIssues, clock: systemClock })
}

/** The repository of the issues; undefined while none is opened. */
export function githubOf(settings: Settings): Github | undefined {
  const {
    githubToken: token,
    githubApiUrl: apiUrl = publicApiUrl,
    githubOwner: owner,
    githubRepo: repo,
    githubApiPrivate: allowsPrivate,
  } = settings
  if (token === undefined) return undefined
  return createGithub({ token, apiUrl, owner, repo, allowsPrivate, lookup: systemLookup, clock: systemClock })
}
