import http from 'node:http'
import https from 'node:https'
import { err, ok, type Result } from '../base/result.ts'

export type Question = {
  readonly to: { readonly socketPath: string } | { readonly host: string; readonly port: number; readonly isSecure: boolean }
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  /** A text goes as it is, anything else as JSON. */
  readonly body?: unknown
  readonly timeoutMs: number
}

export type Reply = { readonly status: number; readonly text: string }

const replyBytesMax = 8_388_608

/**
 * One request to a server on this machine. By `node:http` and not by `fetch`, which would send it through the proxy named in HTTP_PROXY.
 * The certificate of a server on this machine names another host, so nobody asks for it. The fault is the system's code: ECONNREFUSED or ENOENT where nobody listens.
 */
export function ask(question: Question): Promise<Result<Reply, string>> {
  return new Promise((resolve) => {
    const body = question.body === undefined || typeof question.body === 'string' ? question.body : JSON.stringify(question.body)
    const headers = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const options = { agent: false as const, ...question.to, method: question.method, path: question.path, headers }
    const request =
      'isSecure' in question.to && question.to.isSecure ? https.request({ ...options, rejectUnauthorized: false }) : http.request(options)
    const timer = setTimeout(() => request.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })), question.timeoutMs)
    const end = (result: Result<Reply, string>) => {
      clearTimeout(timer)
      resolve(result)
    }
    request.on('error', (cause) => end(err('code' in cause ? String(cause.code) : 'failed')))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > replyBytesMax) request.destroy(Object.assign(new Error('reply too large'), { code: 'EMSGSIZE' }))
        else chunks.push(chunk)
      })
      response.on('error', () => end(err('ECONNRESET')))
      response.on('end', () => end(ok({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() })))
    })
    request.end(body)
  })
}
