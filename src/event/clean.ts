import { Buffer } from 'node:buffer'
import { cutTerminalCodes } from '../base/terminal-code.ts'
import { cutBytes } from './cut.ts'
import type { InstallField } from './install.ts'
import type { RepairCode } from './repair-rule.ts'

/** `isCloaked`: the text passes the cloak before it is stored, and is cut to its bytes only then. */
type TextLimit = { readonly wire: InstallField['wire']; readonly bytesMax: number; readonly isCloaked: boolean }

/**
 * A text of one line: trimmed, without control characters, well formed. Plain ASCII passes with one look at each character.
 * One that will be cloaked keeps what goes beyond its bytes, for half an address or half a token at the cut would pass the cloak.
 */
export function cleanShortText(limit: TextLimit, text: string, repairs: RepairCode[]): string {
  if (text.length <= limit.bytesMax && isPlain(text)) return text
  // Two characters beyond the limit cannot come back by trimming, so a huge text is cut before it is looked at.
  let clean = text.length > textUnitsMax ? cutBetweenWords(text.trimStart()) : text
  clean = repairSurrogates(limit, clean, repairs)
  const blanked = withoutCodes(limit, clean).replace(controls, ' ')
  if (blanked.trim() !== clean.trim()) repairs.push(`${limit.wire}:control_character`)
  const whole = blanked.trim()
  const fitting = cutBytes(whole, limit.bytesMax, 'head').trimEnd()
  if (fitting.length < whole.length || text.length > textUnitsMax) repairs.push(`${limit.wire}:cut`)
  return limit.isCloaked ? whole : fitting
}
const textUnitsMax = 4096

function cutBetweenWords(text: string): string {
  const head = text.slice(0, textUnitsMax)
  const end = Math.max(...[' ', ',', ';', '|'].map((mark) => head.lastIndexOf(mark)))
  return end > 0 ? head.slice(0, end) : head
}

/** Runs of control characters and line breaks (C0, DEL, C1, U+2028, U+2029): matches a tab, must not match a space or `ä`. */
const controls = /[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g

function isPlain(text: string): boolean {
  const last = text.length - 1
  if (last < 0) return true
  if (text.charCodeAt(0) === 0x20 || text.charCodeAt(last) === 0x20) return false
  for (let at = 0; at <= last; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x20 || unit > 0x7e) return false
  }
  return true
}

/** A text of many lines: line breaks are LF, terminal codes and control characters are gone, within its bytes, well formed, trimmed. */
export function cleanLog(limit: TextLimit, text: string, repairs: RepairCode[]): string {
  let clean = repairSurrogates(limit, text, repairs)
  if (clean.includes('\r')) clean = clean.replace(/\r\n?/g, '\n')
  if (logControl.test(clean)) {
    clean = withoutCodes(limit, clean).replace(logControls, ' ')
    repairs.push(`${limit.wire}:control_character`)
  }
  clean = clean.trimEnd()
  return fitLog(limit, clean.trim() === clean ? clean : stripBlankStart(clean), repairs)
}

/** Control characters but tab and LF: they mean nothing in a log, and the cloak would not see an address with one inside. */
const logControl = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/
const logControls = new RegExp(logControl, 'g')

const escapeOfCode = /[\x1b\x9b]/

/**
 * Terminal codes go as a whole before control characters become blanks. Where one stood between two signs, the cloak is told by a word joiner,
 * which it takes out again: a value may begin there (`ip\x1b[1m10.0.0.5`) or go on (`10.0.\x1b[1m0.5`).
 */
function withoutCodes({ isCloaked }: TextLimit, text: string): string {
  if (!escapeOfCode.test(text)) return text
  const cut = cutTerminalCodes(text)
  if (!isCloaked || cut.seams.length === 0) return cut.text
  let joined = ''
  let end = 0
  for (const seam of cut.seams) {
    joined += `${cut.text.slice(end, seam)}${wordJoiner}`
    end = seam
  }
  return joined + cut.text.slice(end)
}
const wordJoiner = '\u2060'

function stripBlankStart(text: string): string {
  const start = text.length - text.trimStart().length
  return text.slice(text.lastIndexOf('\n', start) + 1)
}

/**
 * The head says what failed, the tail says why: of a log over the limit both are kept and the middle goes.
 * It is cut between lines, for half an address or half a token would pass the cloak; a log of one line between its words or values.
 */
function fitLog(limit: TextLimit, text: string, repairs: RepairCode[]): string {
  if (text.length * 3 <= limit.bytesMax || Buffer.byteLength(text) <= limit.bytesMax) return text
  repairs.push(`${limit.wire}:cut`)
  const head = cutBytes(text, logHeadBytes, 'head')
  const tail = cutBytes(text, limit.bytesMax - logHeadBytes, 'tail')
  return head.slice(0, headEnd(head)) + tail.slice(tailStart(tail))
}
const logHeadBytes = 4096

/** Where a log may be cut, best first: older clients write pipes for line breaks. */
const logMarks = ['\n', '|', ' ', ',', '&']

/**
 * Behind the last mark in the half next to the cut, so that the explanation stays. One word as long as that stays whole:
 * of an explanation the first thousand characters are read, which end before the cut.
 */
function headEnd(head: string): number {
  const end = logMarks.map((mark) => head.lastIndexOf(mark)).find((at) => at >= head.length / 2)
  return end === undefined ? head.length : end + 1
}

/** Behind the first mark in the half next to the cut, likewise: what is stored of a log is the end of the other half. */
function tailStart(tail: string): number {
  const before = logMarks.map((mark) => tail.indexOf(mark)).find((at) => at >= 0 && at < tail.length / 2)
  return before === undefined ? 0 : before + 1
}

function repairSurrogates(limit: TextLimit, text: string, repairs: RepairCode[]): string {
  if (text.isWellFormed()) return text
  repairs.push(`${limit.wire}:unpaired_surrogate`)
  return text.toWellFormed()
}
