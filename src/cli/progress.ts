import { SingleBar } from 'cli-progress'
import { formatBytes, formatCount, formatSeconds } from '../base/format.ts'
import type { Context, Progress } from './context.ts'

export type ProgressDisplay = { readonly report: (progress: Progress) => void; stop(): void }

const linePeriodMs = 10_000
const nothingDone: Progress = { done: 0, total: 0 }

/**
 * Shows how far a long command is, with rate and remaining time: a bar where a person watches, one line every ten seconds elsewhere. `from` is what was
 * done before the command began, so that it counts for nothing in the rate.
 */
export function startProgress(context: Context, noun: string, from = nothingDone): ProgressDisplay {
  const start = context.clock.now()
  const describe = (progress: Progress) => describeProgress({ progress, from, noun, tookMs: context.clock.now() - start })
  return context.isTerminal ? startBar(describe) : startLines(context, describe)
}

type Description = { readonly amount: string; readonly pace: string }

function startBar(describe: (progress: Progress) => Description): ProgressDisplay {
  const bar = new SingleBar({ format: '{bar} {percentage} %  {text}', hideCursor: true, stream: process.stderr })
  let isRunning = false
  return {
    report: (progress) => {
      const { done, total } = progress.bytes ?? progress
      const { amount, pace } = describe(progress)
      const text = `${amount}, ${pace}`
      if (!isRunning) bar.start(total, done, { text }) // Not before it is known how much there is: of nothing, nothing is 100 %.
      isRunning = true
      bar.setTotal(total)
      bar.update(done, { text })
    },
    stop: () => {
      if (isRunning) bar.stop()
      isRunning = false
    },
  }
}

function startLines(context: Context, describe: (progress: Progress) => Description): ProgressDisplay {
  let last = context.clock.now()
  return {
    report: (progress) => {
      const now = context.clock.now()
      if (now - last < linePeriodMs) return
      last = now
      const { done, total } = progress.bytes ?? progress
      const { amount, pace } = describe(progress)
      context.tell(`${amount}${total === 0 ? '' : ` (${Math.floor((done * 100) / total)} %)`}, ${pace}\n`)
    },
    stop: () => {},
  }
}

type Pace = { readonly progress: Progress; readonly from: Progress; readonly noun: string; readonly tookMs: number }

function describeProgress({ progress, from, noun, tookMs }: Pace): Description {
  const { done, total, bytes } = progress
  const whole = total === 0 ? `${formatCount(done)} ${noun}` : `${formatCount(done)} of ${formatCount(total)} ${noun}`
  const amount = bytes === undefined || bytes.total === 0 ? whole : `${whole}, ${formatBytes(bytes.done)} of ${formatBytes(bytes.total)}`
  const rate = tookMs === 0 ? 0 : Math.round(((done - from.done) * 1_000) / tookMs)
  const left = secondsLeft(bytes ?? progress, (from.bytes ?? from).done, tookMs)
  return { amount, pace: `${formatCount(rate)} a second${left === undefined ? '' : `, ${formatSeconds(left)} left`}` }
}

/** How long what is left takes at the pace so far; undefined while there is none. */
function secondsLeft({ done, total }: Progress, before: number, tookMs: number): number | undefined {
  return done <= before || total === 0 ? undefined : Math.ceil(((total - done) * tookMs) / (done - before) / 1_000)
}
