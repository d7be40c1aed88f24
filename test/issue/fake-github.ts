/** What came in, as far as a test looks at it. */
export type Asked = { readonly method: string; readonly path: string; readonly headers: Headers; readonly body: string }

export type Issue = { readonly number: number; readonly html_url: string; readonly body: string; readonly created_at: string }

/** Answers one request instead of GitHub, or lets it do what it does. */
export type Twist = (asked: Asked) => Response | Promise<Response> | undefined

const repository = '/repos/an-owner/a-repo'

/** A server that does with the issues of one repository what GitHub documents, and refuses what it does not know. */
export function startFakeGithub() {
  const asked: Asked[] = []
  const issues: Issue[] = []
  let twist: Twist = () => undefined
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url)
      const one = { method: request.method, path: pathname + search, headers: request.headers, body: await request.text() }
      asked.push(one)
      return (await twist(one)) ?? answer(one)
    },
  })
  const origin = `http://127.0.0.1:${server.port}`

  function answer({ method, path, headers, body }: Asked): Response {
    if (headers.get('authorization') !== 'Bearer a-token') return Response.json({ message: 'Bad credentials' }, { status: 401 })
    const url = new URL(path, origin)
    if (method === 'GET' && url.pathname === repository)
      return Response.json({ full_name: 'an-owner/a-repo', has_issues: true, archived: false })
    if (method === 'POST' && url.pathname === `${repository}/issues`) return Response.json(make(body), { status: 201 })
    if (method === 'GET' && url.pathname === `${repository}/issues`) {
      const [size, page] = ['per_page', 'page'].map((name) => Number(url.searchParams.get(name)))
      const newest = issues.toReversed().filter(({ created_at }) => created_at >= (url.searchParams.get('since') ?? ''))
      return Response.json(newest.slice(((page ?? 1) - 1) * (size ?? 0), (page ?? 1) * (size ?? 0)))
    }
    if (method === 'GET' && url.pathname === '/search/issues') {
      const quoted = /^"(\w+)" in:body is:issue repo:an-owner\/a-repo$/.exec(url.searchParams.get('q') ?? '')
      if (quoted === null) return Response.json({ message: 'Validation Failed' }, { status: 422 })
      return Response.json({ items: issues.filter((issue) => issue.body.includes(quoted[1] ?? '')) })
    }
    return Response.json({ message: 'Not Found' }, { status: 404 })
  }

  function make(text: string, createdAt = new Date().toISOString()): Issue {
    const { body } = JSON.parse(text) as { body: string }
    const number = issues.length + 1
    const issue = { number, html_url: `${origin}/an-owner/a-repo/issues/${number}`, body, created_at: createdAt }
    issues.push(issue)
    return issue
  }

  return {
    origin,
    asked,
    issues,
    make,
    /** The requests that would make an issue. */
    posts: () => asked.filter(({ method }) => method === 'POST'),
    twist: (next: Twist) => {
      twist = next
    },
    [Symbol.asyncDispose]: () => server.stop(true),
  }
}

export type FakeGithub = ReturnType<typeof startFakeGithub>
