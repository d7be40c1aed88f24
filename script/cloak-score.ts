// Prints how well the rules of the cloak do on the first set of labelled texts, what they leave readable and what they damage, for whoever writes rules.
import { hiddenStretches } from '../src/cloak/stretch.ts'
import { readLabelledSet } from '../test/cloak/labelled-set.ts'
import { ingestTypes, type Recall, type Score, scoreSet, share, totalRecall } from '../test/cloak/score.ts'

if (import.meta.main)
  console.log(renderScore(scoreSet(await readLabelledSet('first'), ingestTypes, (text) => hiddenStretches(text, 'full'))))

function renderScore(score: Score): string {
  const { leaks, damages, harmless, outside } = score
  return [
    'type               recall   found     all  partly',
    ...[...score.recall].map(([type, recall]) => renderRecall(type, recall)),
    renderRecall('all', totalRecall(score)),
    '',
    `harmless texts damaged: ${harmless.damaged} of ${harmless.all} (${percent(harmless.damaged, harmless.all)})`,
    `hidden beside values: ${outside.hidden} of ${outside.all} characters (${percent(outside.hidden, outside.all)})`,
    '',
    'Readable:',
    ...leaks.map(({ id, type, value, isPartly }) => `  ${id} ${type}${isPartly ? ' in part' : ''} ${JSON.stringify(value)}`),
    '',
    'Damaged:',
    ...damages.map(({ id, hidden }) => `  ${id} ${JSON.stringify(hidden)}`),
  ].join('\n')
}

function renderRecall(type: string, { found, all, partly }: Recall): string {
  return `${type.padEnd(16)} ${percent(found, all).padStart(8)} ${String(found).padStart(7)} ${String(all).padStart(7)} ${String(partly).padStart(7)}`
}

function percent(part: number, whole: number): string {
  return `${(100 * share(part, whole)).toFixed(1)} %`
}
