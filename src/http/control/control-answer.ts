import { faultCode } from '../../base/fault-code.ts'

type Handle = (request: Request) => Promise<Response>

/** Turns a fault into an answer, so that the command can say what went wrong instead of hanging. */
export function guardControl(handle: Handle): Handle {
  return async (request) => {
    try {
      return await handle(request)
    } catch (cause) {
      return answerControl(500, { error: cause instanceof Error ? cause.message : 'failed', code: faultCode(cause) })
    }
  }
}

/** An answer to a command: never kept by anything. */
export function answerControl(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}

/** The JSON of a command; undefined when it is none. */
export async function readControl(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return undefined
  }
}

/** The part of a path behind its `index`-th slash, decoded. */
export function partOf(request: Request, index: number): string {
  return decodeURIComponent(new URL(request.url).pathname.split('/')[index] ?? '')
}
