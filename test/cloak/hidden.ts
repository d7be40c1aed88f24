import { cloak } from '../../src/cloak/engine.ts'
import type { Profile } from '../../src/cloak/profile.ts'
import { allLabels } from '../../src/cloak/recognizer/index.ts'
import type { HiddenStretch } from './score.ts'

/** What the engine hides of a text. Throws where it takes something away without putting a label there, as it does with terminal codes. */
export function hiddenBy(profile: Profile): (text: string) => readonly HiddenStretch[] {
  return (text) => alignHidden(text, cloak(text, profile).text)
}

const label = new RegExp(`(${allLabels.join('|')})`)

/** What may stand behind a label, where its form tells that; of the others the shortest is taken. */
const forms: Readonly<Record<string, string>> = {
  '<mac>': '([\\da-fA-F]{12}|[\\da-fA-F]{2}(?:[:-][\\da-fA-F]{2}){5,7}|[\\da-fA-F]{4}(?:\\.[\\da-fA-F]{4}){2}|<mac>)',
  '<host>': '([^\\s@]+?)',
}

/** Where the labels of a cloaked text stand for something else in the text it was made of; of several readings the one with the shortest first stretches. */
export function alignHidden(text: string, cloaked: string): readonly HiddenStretch[] {
  const pieces = cloaked.split(label) // Every other one is a label.
  const pattern = pieces.map((piece, number) => (number % 2 === 0 ? RegExp.escape(piece) : (forms[piece] ?? '([^]+?)'))).join('')
  const found = new RegExp(`^${pattern}$`, 'd').exec(text)
  if (!found) throw new Error(`the engine changed what it did not hide: ${JSON.stringify(cloaked.slice(0, 200))}`)
  return (found.indices ?? []).slice(1).flatMap(([start, end], number) => {
    return text.slice(start, end) === pieces[2 * number + 1] ? [] : [{ start, end }]
  })
}
