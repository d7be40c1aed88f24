import { systemClock } from './base/clock.ts'
import { standBack } from './base/priority.ts'
import { runCommandLine } from './cli/program.ts'
import { createPrompt } from './cli/prompt.ts'

process.umask(0o077) // Files with data, keys and logs are for this user alone.

const code = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  clock: systemClock,
  print: (text) => process.stdout.write(text),
  printAll,
  readInput: () => process.stdin,
  tell: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  printsToTerminal: process.stdout.isTTY === true,
  asksPerson: process.stdin.isTTY === true,
  askLine: createPrompt(),
  standBack,
  loadService: async () => ({ ...(await import('./app.ts')), ...(await import('./app/command.ts')) }),
})
await Promise.all([drain(process.stdout), drain(process.stderr)])
process.exit(code)

/** Resolves when everything written so far is handed to the system; process.exit would cut it off. */
function drain(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}

/** Writes no faster than the reader takes, of both kinds; who stops reading (`| head`) has enough. Throws where the output cannot be written. */
async function printAll(pieces: AsyncIterable<string>): Promise<void> {
  let fault: NodeJS.ErrnoException | undefined
  let goOn = () => {}
  process.stdout.once('error', (thrown) => {
    fault = thrown
    goOn()
  })
  for await (const piece of pieces) {
    const written = new Promise<void>((resolve) => {
      goOn = resolve
      process.stdout.write(piece, () => resolve())
    })
    await Promise.all([written, drain(process.stderr)])
    if (fault?.code === 'EPIPE') return
    if (fault !== undefined) throw new Error(`the output could not be written: ${fault.code ?? 'unknown'}`)
  }
}
