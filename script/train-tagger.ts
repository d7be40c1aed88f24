// Learns the model of src/cloak/tagger from the labelled texts. Run by `npm run tagger` after those, a rule or what the tagger reads was changed; takes a minute.
import { packModel } from '../src/cloak/tagger/model.ts'
import { learnModel } from './tagger/learn-model.ts'
import { readTrainingTexts } from './tagger/text.ts'

const texts = await readTrainingTexts()
const { model, examples, features, lost } = await learnModel(texts)
const bytes = packModel(model)
await Bun.write(new URL('../src/cloak/tagger/weights.bin', import.meta.url).pathname, bytes)
console.log(`${texts.length} texts, ${examples} examples, ${features} features, of which ${lost} have no place, ${bytes.length} bytes`)
