import { parseJson } from '../src/event/decode.ts'
import { normalizeInstall } from '../src/event/normalize.ts'
import { readWire, readWireObject } from '../src/event/wire.ts'
import { mixOfBodies } from './body.ts'

// Cost of the stages between bytes and journal, per event of the mix that clients send. Run: node script/bun.mjs run bench/stage.ts
const policy = { repoOwners: ['community-scripts'] }
const bodies = mixOfBodies(2000)
const kinds = ['progress', 'success', 'failed', 'broken', 'all'] as const

console.log('µs per event      share     bytes     parse  readWire  normalize  check+normalize without parse')
for (const kind of kinds) {
  const chosen = kind === 'all' ? bodies : bodies.filter((body) => body.kind === kind)
  const bytes = chosen.map((body) => body.bytes)
  const texts = bytes.map((body) => new TextDecoder().decode(body))
  const wires = bytes.map((body) => readWire(body)).flatMap((wire) => (wire.ok ? [wire.value] : []))
  const parse = measure(texts, (text) => parseJson(text))
  const check = measure(bytes, (body) => readWire(body))
  const normalize = measure(wires, (wire) => normalizeInstall(wire, policy))
  const objects = texts.map((text) => parseJson(text)).filter((value) => value !== undefined)
  const checkOnly = measure(objects, (value) => readWireObject(value))
  const size = bytes.reduce((sum, body) => sum + body.length, 0) / bytes.length
  const share = `${((100 * chosen.length) / bodies.length).toFixed(0)} %`
  const withoutParse = kind === 'broken' ? '-' : (checkOnly + normalize).toFixed(2) // Broken bodies cannot be parsed beforehand.
  const cells = [share.padStart(6), size.toFixed(0), parse.toFixed(2), check.toFixed(2), normalize.toFixed(2), withoutParse]
  console.log(`${kind.padEnd(14)} ${cells.map((cell) => cell.padStart(8)).join('  ')}`)
}

/** Microseconds a call in the fastest of the rounds: what the code costs when nothing else runs on the machine. */
function measure<Input>(inputs: readonly Input[], stage: (input: Input) => unknown): number {
  const rounds: number[] = []
  const repeats = Math.ceil(10_000 / Math.max(1, inputs.length))
  for (let round = 0; round < 15; round++) {
    const start = performance.now()
    for (let repeat = 0; repeat < repeats; repeat++) for (const input of inputs) stage(input)
    rounds.push(((performance.now() - start) * 1000) / (repeats * inputs.length))
  }
  return Math.min(...rounds)
}
