import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Asks on stderr, reads one line from stdin. A secret is not echoed; from a pipe nothing is asked and the next line is the answer. */
export function createPrompt(): (question: string, isSecret: boolean) => Promise<string> {
  const piped: { lines?: readonly string[]; next: number } = { next: 0 }
  return async (question, isSecret) => {
    if (process.stdin.isTTY) return askTerminal(question, isSecret)
    piped.lines ??= (await Bun.stdin.text()).split(/\r?\n/)
    const line = piped.lines[piped.next] ?? ''
    piped.next += 1
    return line
  }
}

async function askTerminal(question: string, isSecret: boolean): Promise<string> {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: isSecret ? silent : process.stderr, terminal: true })
  reader.on('SIGINT', () => process.exit(1))
  try {
    return (await reader.question('')).trim()
  } finally {
    reader.close()
    if (isSecret) process.stderr.write('\n')
  }
}
