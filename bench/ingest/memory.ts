import { readFileSync } from 'node:fs'
import { median } from '../median.ts'

const sampleMs = 500

/** Resident memory of a process while it was watched, in MB: the largest value, and the median of each tenth of the time. */
export type Memory = { readonly largest: number; readonly tenths: readonly number[] }

/** Watches the resident memory of a process until it is stopped. */
export function watchMemory(pid: number): { stop(): Memory } {
  const samples: number[] = []
  const timer = setInterval(() => samples.push(residentMegabytes(pid)), sampleMs)
  return {
    stop: () => {
      clearInterval(timer)
      const share = Math.max(1, Math.ceil(samples.length / 10))
      const tenths = Array.from({ length: Math.ceil(samples.length / share) }, (_, index) =>
        median(samples.slice(index * share, (index + 1) * share)),
      )
      return { largest: Math.max(...samples), tenths }
    },
  }
}

function residentMegabytes(pid: number): number {
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  return Math.round(kilobytes / 1024)
}
