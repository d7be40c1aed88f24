import { SingleBar } from 'cli-progress'
import type { Context, Progress } from './context.ts'

export type ProgressDisplay = { readonly report: (progress: Progress) => void; stop(): void }

const linePeriodMs = 10_000

/** Shows how far a long command is: a bar with rate and remaining time where a person watches, one line every ten seconds elsewhere. */
export function startProgress(context: Context, noun: string): ProgressDisplay {
  return context.isTerminal ? startBar(noun) : startLines(context, noun)
}

function startBar(noun: string): ProgressDisplay {
  const bar = new SingleBar({
    format: `{bar} {percentage} %  {value} of {total} ${noun}  {eta_formatted} left`,
    hideCursor: true,
    stream: process.stderr,
  })
  bar.start(0, 0)
  let isRunning = true
  return {
    report: ({ done, total }) => {
      bar.setTotal(total)
      bar.update(done)
    },
    stop: () => {
      if (isRunning) bar.stop()
      isRunning = false
    },
  }
}

function startLines(context: Context, noun: string): ProgressDisplay {
  const start = context.clock.now()
  let last = start
  return {
    report: ({ done, total }) => {
      const now = context.clock.now()
      if (now - last < linePeriodMs) return
      last = now
      const rate = Math.round((done * 1000) / (now - start))
      const whole = total === 0 ? noun : `of ${total} ${noun} (${Math.floor((done * 100) / total)} %)`
      context.tell(`${done} ${whole}, ${rate} a second\n`)
    },
    stop: () => {},
  }
}
