import { readFailingCommand } from './failing-command.ts'
import { errorCharactersMax } from './install.ts'

/** A failure told by the code it ended with, by what the client says to that, and by the command. */
export type CodedText = { readonly code: number; readonly explanation: string; readonly command: string }

/** Matches `exit_code=100 | General error | at line 64: apt-get update` and `Exit code 28: timed out`; must not match `exit code of make was 2`. */
const codedForm = /^exit[_ ]code ?[=:]? ?(\d{1,3})(?: ?[|:](.*))?$/iu
/** Matches `| at line 64: apt-get update`; must not match `failed at line 64 of main.c`. */
const placeForm = /(?:^|\|) ?at line (\d+): ?(.*)$/iu
/** The first line of older logs: matches `[ERROR] in line 64: exit code 100: while executing command apt-get update`. */
const olderForm = /\bin line (\d+): exit code (\d{1,3}): while executing command (.*)$/iu

/** Reads a text of single blanks that begins with a code or with the words of the client's trap; undefined for any other. */
export function readCodedText(text: string): CodedText | undefined {
  const older = olderForm.exec(text)
  if (older !== null) {
    const [, line = '', code = '', command = ''] = older
    return { code: Number(code), explanation: '', command: readFailingCommand(command, roomBehind(text, line, command)) }
  }
  const coded = codedForm.exec(text)
  if (coded === null) return undefined
  const [, code = '', rest = ''] = coded
  const place = placeForm.exec(rest)
  if (place === null) return { code: Number(code), explanation: (rest.split('|')[0] ?? '').trim(), command: '' }
  const [, line = '', command = ''] = place
  const name = readFailingCommand(command, roomBehind(text, line, command))
  return { code: Number(code), explanation: rest.slice(0, place.index).trim(), command: name }
}

/** Characters of the command that are there in every variant: a line number of more digits pushes its end out of the text, and so do blanks. */
function roomBehind(text: string, line: string, command: string): number {
  const before = text.length - command.length
  return errorCharactersMax - spareCharacters - (before - line.length + lineDigitsMax)
}
const spareCharacters = 4
const lineDigitsMax = 5
