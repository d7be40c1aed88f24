import { expect, test } from 'bun:test'
import { nameGpu } from '../../src/page/value-name.ts'

test.each([
  ['intel none', 'Intel, not passed'],
  ['unknown none', 'unknown maker, not passed'],
  ['amd igpu', 'AMD, iGPU passed'],
  ['nvidia unknown', 'NVIDIA, not known if passed'],
  ['matrox dgpu', 'matrox, dGPU passed'],
  ['unknown', 'unknown'],
  ['intel sideways', 'intel sideways'],
])('the graphics %j are called %j', (gpu, name) => {
  expect(nameGpu(gpu)).toBe(name)
})
