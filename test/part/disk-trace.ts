import { readFileSync } from 'node:fs'

/** What a process did to its files and sockets, in the order the kernel saw it. */
export type DiskEvent =
  | { readonly kind: 'create' | 'unlink'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  /** Returned well. It covers what had happened before it was called: the events before `from`. */
  | { readonly kind: 'sync'; readonly path: string; readonly from: number }
  /** Bytes that came in (`request`) and bytes handed to the network (`answer`), when the call was made. */
  | { readonly kind: 'request' | 'answer'; readonly socket: number; readonly data: Buffer }

const calls = 'openat,pwrite64,write,writev,pwritev,fsync,fdatasync,ftruncate,unlink,rename,sendto,sendmsg,recvfrom'

/** The command that records another one into `log`, with the recorded process as the direct child. */
export function recording(command: readonly string[], log: string): readonly string[] {
  return [
    'strace',
    '-D',
    '-f',
    '--seccomp-bpf',
    '-y',
    '-xx',
    '-s',
    '1000000',
    '-e',
    `trace=${calls}`,
    '-e',
    'signal=none',
    '-o',
    log,
    ...command,
  ]
}

/** The process that records another one; its log is whole when it has ended. */
export function recorderOf(pid: number): number {
  const tracer = Number(/^TracerPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  if (!(tracer > 0)) throw new Error('the service is not recorded')
  return tracer
}

/** Reads a recording. Calls that write in another way than the known ones are a fault, since they would be missed. */
export function readTrace(log: string, folder: string): DiskEvent[] {
  const events: DiskEvent[] = []
  const underWay = new Map<string, { readonly head: string; readonly from: number }>()
  for (const line of readFileSync(log, 'latin1').split('\n')) {
    const call = /^(\d+) +(?:<\.\.\. )?(\w+)(?: resumed>|\()(.*)$/.exec(line)
    if (call === null) continue
    const [, thread = '', name = '', rest = ''] = call
    if (rest.endsWith('<unfinished ...>')) {
      const head = rest.slice(0, -'<unfinished ...>'.length).trimEnd()
      underWay.set(thread, { head, from: events.length })
      if (name.startsWith('send') || name === 'writev') events.push(...readCall(name, `${head}) = 0`, events.length, folder))
      continue
    }
    const begun = line.includes('resumed>') ? underWay.get(thread) : undefined
    underWay.delete(thread)
    if (begun !== undefined && (name.startsWith('send') || name === 'writev')) continue
    events.push(...readCall(name, (begun?.head ?? '') + rest, begun?.from ?? events.length, folder))
  }
  return events
}

function readCall(name: string, text: string, from: number, folder: string): DiskEvent[] {
  const result = Number(/\) += (-?\d+)[^=]*$/.exec(text)?.[1] ?? -1)
  if (result < 0) return []
  if (name === 'openat' || name === 'unlink' || name === 'rename') return readName(name, text, folder)
  const file = /^(\d+)<([^>]*)>/.exec(text)
  if (file === null) return []
  const path = decode(file[2] ?? '').toString()
  const data = /"((?:\\x[0-9a-f]{2})*)"/.exec(text)
  if (path.startsWith('socket:')) return readSocket(name, Number(file[1]), decode(data?.[1] ?? ''))
  if (!isInside(path, folder)) return []
  if (name === 'fsync' || name === 'fdatasync') return [{ kind: 'sync', path, from }]
  const last = Number(/, (\d+)\) +=/.exec(text)?.[1])
  if (Number.isNaN(last) && name !== 'write') throw new Error(`${name} cannot be read: ${text.slice(-80)}`)
  if (name === 'pwrite64') return [{ kind: 'write', path, offset: last, data: decode(data?.[1] ?? '').subarray(0, result) }]
  if (name === 'ftruncate') return [{ kind: 'truncate', path, size: last }]
  // The one file that is no database: written whole by one call, into a file just made.
  if (name === 'write' && path.endsWith('/setup-link'))
    return [{ kind: 'write', path, offset: 0, data: decode(data?.[1] ?? '').subarray(0, result) }]
  throw new Error(`${name} on a file of the service is not understood`)
}

function readName(name: string, text: string, folder: string): DiskEvent[] {
  const path = decode(/"((?:\\x[0-9a-f]{2})*)"/.exec(text)?.[1] ?? '').toString()
  if (!isInside(path, folder)) return []
  if (name === 'rename') throw new Error('a rename in the data folder is not understood')
  if (name === 'unlink') return [{ kind: 'unlink', path }]
  return text.includes('O_CREAT') ? [{ kind: 'create', path }] : []
}

function readSocket(name: string, socket: number, data: Buffer): DiskEvent[] {
  if (name === 'recvfrom') return [{ kind: 'request', socket, data }]
  return name.startsWith('send') || name.startsWith('write') ? [{ kind: 'answer', socket, data }] : []
}

/** The shared memory beside a WAL is rebuilt after a crash; it never matters for what is durable. */
function isInside(path: string, folder: string): boolean {
  return (path === folder || path.startsWith(`${folder}/`)) && !/-shm$|\(deleted\)$/.test(path)
}

function decode(escaped: string): Buffer {
  return Buffer.from(escaped.replaceAll('\\x', ''), 'hex')
}
