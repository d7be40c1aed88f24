import type { OpenIssueFault } from './open-issue.ts'

const doubt = 'Whether the issue is there is looked up before another one is made.'

/** Why there is no issue, in words for whoever asked for it. */
export const issueFaultWords: Readonly<Record<OpenIssueFault['code'], string>> = {
  off: 'GITHUB_TOKEN is not set.',
  group_unknown: 'There is no such group of errors.',
  busy: 'As many issues are being opened as can be at a time.',
  undecided: `One was asked for a moment ago and the answer was lost. ${doubt}`,
  rate_limited: 'GitHub asks to wait before the next request.',
  token_refused: 'GitHub does not take the token of GITHUB_TOKEN.',
  forbidden: 'The token of GITHUB_TOKEN may not open issues in this repository.',
  repository_unknown: 'The repository of GITHUB_OWNER and GITHUB_REPO is not there, or the token does not see it.',
  repository_moved: 'The repository has another name now: set GITHUB_OWNER and GITHUB_REPO to it.',
  issues_disabled: 'The repository takes no issues.',
  refused: 'GitHub did not accept the issue.',
  failed: `GitHub failed. ${doubt}`,
  timeout: `GitHub did not answer in time. ${doubt}`,
  connection_failed: `GitHub cannot be reached. ${doubt}`,
  connection_refused: 'Nobody listens at GITHUB_API_URL.',
  tls_failed: `The certificate at GITHUB_API_URL does not hold for its host. ${doubt}`,
  answer_unreadable: `GitHub answered with something else than an issue. ${doubt}`,
  answer_too_large: `GitHub answered with more than is read. ${doubt}`,
  host_unknown: 'The host of GITHUB_API_URL has no address.',
  address_private: 'GITHUB_API_URL leads into a private network, and GITHUB_API_PRIVATE does not allow that.',
  tls_required: 'GITHUB_API_URL must begin with https outside private networks.',
}

/** The header that says when to come again, where that is known. */
export function retryHeaderOf({ retrySeconds }: OpenIssueFault): Readonly<Record<string, string>> {
  return retrySeconds === undefined ? {} : { 'Retry-After': String(retrySeconds) }
}
