/** What one run of wrk measured. Rates are requests a second, latencies milliseconds. */
export type WrkResult = {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly requests: number
  readonly refused: number
}

export type WrkRun = {
  readonly url: string
  readonly seconds: number
  readonly connections: number
  readonly script: string
  readonly args: readonly string[]
}

/** Runs wrk once with one thread. Throws with its output when it fails. */
export async function runWrk({ url, seconds, connections, script, args }: WrkRun): Promise<WrkResult> {
  const command = ['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '--timeout', '20s', '-s', script, url, '--', ...args]
  const child = Bun.spawn(command, { stdout: 'pipe', stderr: 'pipe' })
  const [text, words] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  if ((await child.exited) !== 0) throw new Error(`wrk failed: ${text}${words}`)
  return {
    perSecond: Number(/Requests\/sec: +([\d.]+)/.exec(text)?.[1]),
    p50: milliseconds(/^ +50% +([\d.]+)(us|ms|s)/m.exec(text)),
    p99: milliseconds(/^ +99% +([\d.]+)(us|ms|s)/m.exec(text)),
    requests: Number(/(\d+) requests in/.exec(text)?.[1]),
    refused: Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0),
  }
}

function milliseconds(match: RegExpExecArray | null): number {
  const units: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000 }
  return Number(match?.[1]) * (units[match?.[2] ?? ''] ?? Number.NaN)
}
