/**
 * Clients that drip: each opens a connection and sends one byte at a time, of its headers or of its body, and never comes to an end.
 * `node script/bun.mjs run bench/drip-clients.ts PORT COUNT headers|body [BYTE_MS] [again]`; says what became of them as a JSON line each half second,
 * and ends with its standard input. With `again` a client that was cut off is followed by another.
 */
const [port = '8080', count = '100', part = 'body', byteMs = '1000', again = ''] = process.argv.slice(2)
const head = 'POST /telemetry HTTP/1.1\r\nHost: localhost\r\n'
const opening = part === 'body' ? `${head}Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n{` : `${head}X-Slow: `
const reportMs = 500
const openAtOnce = 100

export type DripReport = {
  readonly opened: number
  readonly open: number
  /** The first line of what came back, by how many got it. */
  readonly answers: Readonly<Record<string, number>>
}
type Client = { isOpen: boolean; answer: string }
const clients: Client[] = []
const sockets = new Map<Client, Bun.Socket>()

async function open(): Promise<void> {
  const client: Client = { isOpen: true, answer: '' }
  clients.push(client)
  const close = () => {
    if (!client.isOpen) return
    client.isOpen = false
    sockets.delete(client)
    if (again === 'again') void open()
  }
  const socket = await Bun.connect({
    hostname: '127.0.0.1',
    port: Number(port),
    socket: {
      data: (_, bytes) => {
        client.answer = new TextDecoder().decode(bytes).slice(0, 12)
      },
      close,
      error: close,
      connectError: close,
    },
  }).catch(close)
  if (!socket) return
  if (client.isOpen) sockets.set(client, socket)
  socket.write(opening)
}

function report(): void {
  const answers: Record<string, number> = {}
  for (const { answer } of clients) if (answer !== '') answers[answer] = (answers[answer] ?? 0) + 1
  console.log(JSON.stringify({ opened: clients.length, open: sockets.size, answers } satisfies DripReport))
}

for (let opened = 0; opened < Number(count); opened += openAtOnce) {
  await Promise.all(Array.from({ length: Math.min(openAtOnce, Number(count) - opened) }, open))
}
setInterval(() => {
  for (const socket of sockets.values()) socket.write('x')
}, Number(byteMs))
setInterval(report, reportMs)
report()
process.stdin.on('end', () => process.exit(0)).resume()
