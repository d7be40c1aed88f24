/** The yardstick: a server that only parses the JSON and answers 202. For batches it parses each line. Prints its port. */
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  maxRequestBodySize: 64 * 1024 * 1024,
  async fetch(request) {
    const text = await request.text()
    if (request.url.endsWith('/batch')) for (const line of text.split('\n')) parse(line)
    else parse(text)
    return new Response('accepted', { status: 202 })
  },
})
console.log(server.port)

function parse(text: string): void {
  try {
    JSON.parse(text)
  } catch {
    // Two in a hundred are broken; the yardstick does not care.
  }
}
