const loopbackPeers = ['127.0.0.1', '::1', '::ffff:127.0.0.1']
/** Matches `localhost`, `127.0.0.1:8080`, `[::1]:80`; not `localhost.example.org`. */
const loopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i
/** Headers that proxies add: any one of them says that the peer is not the one who asks. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'] as const

/** Whether the request comes from this machine itself and through no proxy: Forwarded headers or a foreign Host tell of one. */
export function isLocal(request: Request, peer: string | undefined): boolean {
  if (peer === undefined || !loopbackPeers.includes(peer)) return false
  if (proxyHeaders.some((name) => request.headers.has(name))) return false
  return loopbackHost.test(request.headers.get('host') ?? '')
}
