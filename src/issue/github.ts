import { type OutboundPlace, requestOutbound } from '../access/outbound-request.ts'
import type { Clock } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { IssueDraft } from './draft.ts'
import { faultOfAnswer, faultOfRequest, type GithubFault } from './github-fault.ts'

export type GithubOptions = OutboundPlace & {
  /** `https://api.github.com`, or the same of a GitHub of one's own (`https://github.example.org/api/v3`). */
  readonly apiUrl: string
  readonly token: string
  readonly owner: string
  readonly repo: string
  readonly clock: Clock
  readonly timeoutMs?: number
}

/** The issues of one repository. Calls about issues give the address of one. */
export type Github = {
  /** Whether the token is taken, and the repository is there and takes issues. Only reads. */
  look(): Promise<Result<void, GithubFault>>
  create(draft: IssueDraft): Promise<Result<string, GithubFault>>
  /** The oldest issue that has the marker in its text, wherever GitHub knows of one: its search learns of a new issue some time after it was made. */
  search(marker: string): Promise<Result<string | undefined, GithubFault>>
  /** The issue with the marker among those made since; a list that is always up to date. Of very many, the search tells. */
  findSince(marker: string, since: number): Promise<Result<string | undefined, GithubFault>>
}

/** Where GitHub is without a setting. */
export const publicApiUrl = 'https://api.github.com'

const apiVersion = '2022-11-28'
const requestMs = 15_000
/** An issue has at most 65,536 characters; so many of the largest fit into an answer. */
const issuesPerPage = 50
const pagesMax = 10
const answerBytesMax = 16 * 1024 * 1024
const urlCharactersMax = 300

/** GitHub's REST API with a token that may write issues of the repository. */
export function createGithub(options: GithubOptions): Github {
  const { owner, repo, apiUrl } = options
  const repositoryPath = `/repos/${owner}/${repo}`
  const issuesPath = `${repositoryPath}/issues`

  async function look(): Promise<Result<void, GithubFault>> {
    const answer = await ask('GET', repositoryPath, options)
    if (!answer.ok) return answer
    const takesIssues = fieldOf(answer.value, 'has_issues') !== false && fieldOf(answer.value, 'archived') !== true
    return takesIssues ? ok(undefined) : err({ code: 'issues_disabled', isDoubt: false })
  }

  async function create({ title, body, labels }: IssueDraft): Promise<Result<string, GithubFault>> {
    const answer = await ask('POST', issuesPath, options, { title, body, labels })
    if (!answer.ok) return answer
    const url = urlOf(answer.value, options)
    return url === undefined ? err({ code: 'answer_unreadable', isDoubt: true }) : ok(url)
  }

  async function search(marker: string): Promise<Result<string | undefined, GithubFault>> {
    const query = new URLSearchParams({ q: `"${marker}" in:body is:issue repo:${owner}/${repo}`, sort: 'created', order: 'asc' })
    const answer = await ask('GET', `/search/issues?${query}`, options)
    if (!answer.ok) return answer
    const items = fieldOf(answer.value, 'items')
    return Array.isArray(items) ? ok(pick(items, marker)) : err({ code: 'answer_unreadable', isDoubt: true })
  }

  async function findSince(marker: string, since: number): Promise<Result<string | undefined, GithubFault>> {
    for (let page = 1; page <= pagesMax; page++) {
      const query = new URLSearchParams({ state: 'all', sort: 'created', direction: 'desc', since: new Date(since).toISOString() })
      const answer = await ask('GET', `${issuesPath}?${query}&per_page=${issuesPerPage}&page=${page}`, options)
      if (!answer.ok) return answer
      if (!Array.isArray(answer.value)) return err({ code: 'answer_unreadable', isDoubt: true })
      const found = pick(answer.value, marker)
      if (found !== undefined) return ok(found)
      if (answer.value.length < issuesPerPage || isBefore(answer.value.at(-1), since)) return ok(undefined)
    }
    return search(marker)
  }

  function pick(items: readonly unknown[], marker: string): string | undefined {
    const marked = items.filter((item) => String(fieldOf(item, 'body')).includes(marker))
    return marked.map((item) => urlOf(item, { owner, repo, apiUrl })).find((url) => url !== undefined)
  }

  return { look, create, search, findSince }
}

/** One request as GitHub documents it, and the JSON of the answer that is meant: 201 to POST, 200 to GET. */
async function ask(method: 'GET' | 'POST', path: string, options: GithubOptions, body?: unknown): Promise<Result<unknown, GithubFault>> {
  const { apiUrl, token, clock, timeoutMs = requestMs } = options
  const text = body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    Accept: 'application/vnd.github+json',
    Authorization: `Bearer ${token}`,
    'X-GitHub-Api-Version': apiVersion,
    'User-Agent': 'telemetry-service',
    ...(text !== undefined && { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
  }
  const url = new URL(`${apiUrl.replace(/\/+$/, '')}${path}`)
  const request = { method, headers, timeoutMs, bytesMax: answerBytesMax, ...(text !== undefined && { body: text }) }
  const answer = await requestOutbound(url, request, options)
  if (!answer.ok) return err(faultOfRequest(answer.fault))
  if (answer.value.status !== (method === 'POST' ? 201 : 200)) return err(faultOfAnswer(answer.value, clock.now()))
  try {
    return ok(JSON.parse(answer.value.text))
  } catch {
    return err({ code: 'answer_unreadable', isDoubt: true })
  }
}

/** The page of an issue, as far as it is one of this repository; nothing else is ever shown as a link. */
function urlOf(issue: unknown, { owner, repo, apiUrl }: Pick<GithubOptions, 'owner' | 'repo' | 'apiUrl'>): string | undefined {
  const [text, number] = [fieldOf(issue, 'html_url'), fieldOf(issue, 'number')]
  if (typeof text !== 'string' || text.length > urlCharactersMax || !URL.canParse(text)) return undefined
  const [url, api] = [new URL(text), new URL(apiUrl)]
  const isThere = url.protocol === api.protocol && url.host === api.host.replace(/^api\./, '')
  const isIssue = url.pathname.toLowerCase() === `/${owner}/${repo}/issues/${number}`.toLowerCase()
  return isThere && isIssue && Number.isSafeInteger(number) ? `${url.origin}${url.pathname}` : undefined
}

function isBefore(issue: unknown, since: number): boolean {
  return Date.parse(String(fieldOf(issue, 'created_at'))) < since
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}
