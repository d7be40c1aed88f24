import { expect, test } from 'bun:test'
import { createBodyReader } from '../../src/http/body.ts'
import { until } from '../wait.ts'

test('bodies that come too slowly are given up some at a time, each with the same answer', async () => {
  const bodies = createBodyReader(50)
  let settled = 0
  let inFirstTurn = 0
  const readings = Array.from({ length: 400 }, async () => {
    const request = new Request('http://localhost/', { method: 'POST', body: new ReadableStream({}), duplex: 'half' } as RequestInit)
    const body = await bodies.read(request, 1_000)
    if (settled++ === 0) setImmediate(() => (inFirstTurn = settled))
    return body.ok ? 'read' : body.fault.rule
  })
  await until(() => inFirstTurn > 0, 'the first are given up')
  expect(inFirstTurn).toBeLessThanOrEqual(100)
  expect(new Set(await Promise.all(readings))).toEqual(new Set(['too_slow']))
  bodies.stop()
})
