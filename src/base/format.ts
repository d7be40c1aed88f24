import { dayMs } from './clock.ts'

/** `1,234,567`. By arithmetic, since a page has hundreds. */
export function formatCount(value: number): string {
  const whole = Math.round(value)
  if (!Number.isSafeInteger(whole)) return String(whole)
  let rest = Math.abs(whole)
  let behind = ''
  for (; rest >= 1_000; rest = Math.floor(rest / 1_000)) behind = `,${String(rest % 1_000).padStart(3, '0')}${behind}`
  return `${whole < 0 ? '-' : ''}${rest}${behind}`
}

const scales = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const

/** `1.2k`, `34M`: a count for an axis, three signs at the most before its letter. */
export function compactCount(value: number): string {
  const scale = scales.find(([least]) => value >= least)
  if (scale === undefined) return String(value)
  const scaled = value / scale[0]
  return `${scaled < 10 ? Number(scaled.toFixed(1)) : Math.round(scaled)}${scale[1]}`
}

/** A share of 0 to 1 as `91.7 %`. What is not all never reads as 100.0, what is not nothing never as 0.0. */
export function formatShare(share: number): string {
  const tenths = Math.round(share * 1_000)
  const honest = share < 1 && tenths === 1_000 ? 999 : share > 0 && tenths === 0 ? 1 : tenths
  return `${(honest / 10).toFixed(1)} %`
}

/** A duration in seconds as `45 s`, `2 min 5 s` or `1 h 12 min`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${seconds < 10 ? Number(seconds.toFixed(1)) : whole} s`
  if (whole < 3_600) return joined(Math.floor(whole / 60), 'min', whole % 60, 's')
  return joined(Math.floor(whole / 3_600), 'h', Math.floor((whole % 3_600) / 60), 'min')
}

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB']

const periodUnits = [
  [dayMs, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
] as const

/** How often something comes round, in the largest unit that leaves no rest: `7 days`, `90 minutes`, `10 seconds`, `250 ms`. */
export function formatPeriod(ms: number): string {
  const unit = periodUnits.find(([unitMs]) => ms >= unitMs && ms % unitMs === 0)
  return unit === undefined ? `${formatCount(ms)} ms` : formatMany(ms / unit[0], unit[1])
}

/** How long something took: `12 ms` below a second, then as `formatSeconds`. */
export function formatTook(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : formatSeconds(ms / 1_000)
}

/** A size in bytes as `3.4 GB`, by powers of 1,024. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), byteUnits.length - 1)
  const scaled = bytes / 1_024 ** power
  return `${power === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${byteUnits[power]}`
}

/** A day since 1970 UTC as `2026-03-01`. */
export function formatDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** `2026-03-01 12:34` of UTC. */
export function formatMinute(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}

/** `2026-03-01 12:34:56` of UTC. */
export function formatMoment(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}

/** How long ago a moment is, in the largest unit that fits: `just now`, `5 min ago`, `3 h ago`, `12 days ago`. */
export function formatAgo(ms: number, now: number): string {
  const minutes = Math.floor((now - ms) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`
  return `${Math.floor(minutes / (24 * 60))} days ago`
}

/** `1 run`, `2 runs`. */
export function formatMany(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
