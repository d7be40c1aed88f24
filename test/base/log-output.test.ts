import { describe, expect, test } from 'bun:test'
import { type LinePlace, openLogOutput, waitingCharactersMax } from '../../src/base/log-output.ts'
import { createTally } from '../../src/base/tally.ts'

/** A place that takes lines at once, only later, or never, as the test says. */
function place() {
  const state = { text: '', isStuck: false, isBroken: false }
  let waiting = Promise.withResolvers<void>()
  const lost = createTally()
  const put: LinePlace['put'] = (text) => {
    if (state.isBroken) throw new Error('ENOSPC')
    if (!state.isStuck) {
      state.text += text
      return undefined
    }
    waiting = Promise.withResolvers<void>()
    return waiting.promise.then(() => {
      state.text += text
    })
  }
  const output = openLogOutput({ name: 'stdout', put }, { lost, noteOf: (name, count) => `${name} lost ${count}\n` })
  return {
    ...{ state, lost, output },
    /** It takes again what it holds and what comes. */
    free: async () => {
      state.isStuck = false
      waiting.resolve()
      await output.settle()
    },
    fail: async () => {
      waiting.reject(new Error('EPIPE'))
      await output.settle()
    },
  }
}

describe('lines on their way out', () => {
  test('go out at once', () => {
    const { output, state } = place()
    output.write('a\n')
    expect(state.text).toBe('a\n')
  })

  test('wait in their order for a reader that is slow, and none is lost', async () => {
    const { output, state, lost, free } = place()
    state.isStuck = true
    for (const line of ['a\n', 'b\n', 'c\n']) output.write(line)
    expect(state.text).toBe('')
    await free()
    expect(state.text).toBe('a\nb\nc\n')
    expect(lost.total()).toBe(0)
  })

  test('are lost beyond the bound, counted, and told of where they are missing', async () => {
    const { output, state, lost, free } = place()
    state.isStuck = true
    const long = `${'x'.repeat(waitingCharactersMax / 4 - 1)}\n`
    for (let n = 0; n < 7; n++) output.write(long)
    output.write('short\n') // There would be no room for the long ones before it.
    expect([...lost.entries()]).toEqual([['stdout', 4]])
    await free()
    output.write('after\n')
    expect(state.text).toBe(`${long.repeat(4)}stdout lost 4\nafter\n`)
  })

  test('are lost to a place that takes none, and told of with the first one that gets out', () => {
    const { output, state, lost } = place()
    state.isBroken = true
    for (const line of ['a\n', 'b\n']) output.write(line)
    state.isBroken = false
    for (const line of ['c\n', 'd\n']) output.write(line)
    expect(state.text).toBe('\nc\nstdout lost 2\nd\n')
    expect(lost.total()).toBe(2)
  })

  test('that a place held when it broke are lost, those behind them are not', async () => {
    const { output, state, lost, fail } = place()
    state.isStuck = true
    for (const line of ['a\n', 'b\n', 'c\n']) output.write(line)
    state.isStuck = false
    await fail()
    expect(state.text).toBe('\nb\nc\nstdout lost 1\n')
    expect(lost.total()).toBe(1)
  })

  test('keep the end of the process waiting for a short time only', async () => {
    const { output, state } = place()
    state.isStuck = true
    output.write('a\n')
    const began = performance.now()
    await output.settle()
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(state.text).toBe('')
  })
})
