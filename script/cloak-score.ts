// Prints how well the cloak does on the first set of labelled texts, what it leaves readable and what it damages, for whoever writes rules.
// With `-- --second` the sums of the second set, and no more: it was written and sealed before the rules were finished, and was scored once.
import { parseArgs } from 'node:util'
import { analyze } from '../src/cloak/analyze.ts'
import { loadNameFinder } from '../src/cloak/name-finder.ts'
import { resolve } from '../src/cloak/resolve.ts'
import { hiddenStretches } from '../src/cloak/stretch.ts'
import { type LabelType, readLabelledSet, readLabelledTexts } from '../test/cloak/labelled-set.ts'
import { directTypes, type Hide, ingestTypes, type Recall, type Score, scoreSet, share, totalRecall } from '../test/cloak/score.ts'

const sealed = new URL('../test/fixture/cloak/second/second-set.txt.gz', import.meta.url).pathname
const atIngest: Hide = (text) => hiddenStretches(text, 'full')

/** Machines, logins, domains and addresses of the web are counted apart: they are no secrets, and identify somebody only beside something else. */
const indirect: readonly LabelType[] = ['HOSTNAME', 'USERNAME', 'DOMAIN', 'URL']

if (import.meta.main) {
  const { values } = parseArgs({ options: { second: { type: 'boolean', default: false } } })
  console.log(values.second ? await renderSecond() : renderScore(scoreSet(await readLabelledSet('first'), ingestTypes, atIngest)))
}

async function renderSecond(): Promise<string> {
  const file = Bun.gunzipSync(await Bun.file(sealed).bytes())
  const set = readLabelledTexts(new TextDecoder().decode(file))
  const findNames = await loadNameFinder({})
  const byIngest = scoreSet(set, ingestTypes, atIngest)
  const byApi = scoreSet(set, directTypes, (text) => resolve(analyze(text, { threshold: 0.4 }, findNames)))
  return [
    `sha256 ${new Bun.CryptoHasher('sha256').update(file).digest('hex')}`,
    '',
    'at ingest:',
    ...renderSums(byIngest),
    renderRecall('direct', totalRecall(directOf(byIngest))),
    '',
    'by the API:',
    ...renderSums(byApi),
    renderRecall('direct', totalRecall(directOf(byApi))),
    '',
    ...[...byApi.names].map(
      ([type, { recall, precision }]) => `${type.padEnd(16)} recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`,
    ),
  ].join('\n')
}

function directOf({ recall }: Score): Pick<Score, 'recall'> {
  return { recall: new Map([...recall].filter(([type]) => !indirect.includes(type))) }
}

function renderScore(score: Score): string {
  const { leaks, damages } = score
  return [
    ...renderSums(score),
    '',
    'Readable:',
    ...leaks.map(({ id, type, value, isPartly }) => `  ${id} ${type}${isPartly ? ' in part' : ''} ${JSON.stringify(value)}`),
    '',
    'Damaged:',
    ...damages.map(({ id, hidden }) => `  ${id} ${JSON.stringify(hidden)}`),
  ].join('\n')
}

function renderSums(score: Score): readonly string[] {
  const { recall, harmless, outside } = score
  return [
    'type               recall   found     all  partly',
    ...[...recall].map(([type, one]) => renderRecall(type, one)),
    renderRecall('all', totalRecall(score)),
    `harmless texts damaged: ${harmless.damaged} of ${harmless.all} (${percent(harmless.damaged, harmless.all)})`,
    `hidden beside values: ${outside.hidden} of ${outside.all} characters (${percent(outside.hidden, outside.all)})`,
  ]
}

function renderRecall(type: string, { found, all, partly }: Recall): string {
  return `${type.padEnd(16)} ${percent(found, all).padStart(8)} ${String(found).padStart(7)} ${String(all).padStart(7)} ${String(partly).padStart(7)}`
}

function percent(part: number, whole: number): string {
  return `${(100 * share(part, whole)).toFixed(1)} %`
}
