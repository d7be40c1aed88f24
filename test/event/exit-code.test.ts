import { describe, expect, test } from 'bun:test'
import { categoryOfExitCode, describeExitCode, type ErrorCategory, exitCodes } from '../../src/event/exit-code.ts'

const serverCodes: Readonly<Record<string, readonly number[]>> = {
  network: [
    ...[4, 5, 6, 7, 8, 16, 18, 22, 25, 30, 32, 33, 34, 35, 36, 47, 51, 52, 55, 56, 59, 75, 78, 92, 95],
    ...[68, 76, 115, 121, 123, 250],
  ],
  storage: [23, 24, 26, 73, 74, 119, 120, 214, 217, 219, 224, 235, 251],
  resource: [27, 137, 243],
  timeout: [28, 118, 124, 211],
  config: [10, 64, 112, 116, 125, 203, 204, 205, 206, 207, 208, 232, 233, 236, 238, 245, 253],
  unknown: [0, 1, 2, 3, 65, 66, 67, 70, 71, 72, 139, 246, 247, 248, 249, 252],
  service: [69, 150, 151],
  permission: [77, 126, 152],
  apt: [100, 101, 102, 255],
  preflight: [103, 104, 105, 106, 107, 108],
  proxmox: [109, 110, 111, 117, 200, 209, 210, 212, 213, 215, 216, 218, 220, 221, 222, 223, 225, 226, 231, 234],
  user_aborted: [113, 114, 122, 129, 130, 254],
  command_not_found: [127],
  signal: [128, 131, 132, 134, 141, 143, 144, 146],
  build: [153, 154],
  dependency: [160, 161, 162, 237, 239],
  database: [170, 171, 172, 173, 180, 181, 182, 183, 190, 191, 192, 193],
}
const clientCodes = [39, 44, 45, 46, 48, 57, 61, 63, 79]

describe('the table of exit codes', () => {
  test('has the 154 codes of the contract and the nine that only clients know', () => {
    const contract = Object.values(serverCodes).flat()
    expect(contract).toHaveLength(154)
    expect(exitCodes.map(({ code }) => code)).toEqual([...contract, ...clientCodes].sort((one, other) => one - other))
  })

  test.each(Object.entries(serverCodes))('files its codes under %s', (category, codes) => {
    for (const code of codes) expect([code, categoryOfExitCode(code)]).toEqual([code, category as ErrorCategory])
  })

  test('files what only curl clients know under network', () => {
    for (const code of clientCodes) expect(categoryOfExitCode(code)).toBe('network')
  })

  test('describes each code in its own plain words', () => {
    const descriptions = exitCodes.map(({ description }) => description)
    expect(new Set(descriptions).size).toBe(descriptions.length)
    for (const description of descriptions) expect(description).toMatch(/^[\x20-\x7e]{4,80}$/)
  })
})

describe('codes without a row', () => {
  test.each([
    [133, 'Killed by signal 5', 'signal'],
    [136, 'Killed by signal 8', 'signal'],
    [152, 'Access denied (EACCES)', 'permission'],
    [155, 'Killed by signal 27', 'signal'],
    [189, 'Killed by signal 61', 'signal'],
    [194, 'Unknown (exit code 194)', 'unknown'],
    [9, 'Unknown (exit code 9)', 'unknown'],
    [99, 'Unknown (exit code 99)', 'unknown'],
  ])('%i is described as %s', (code, description, category) => {
    expect(describeExitCode(code)).toBe(description)
    expect(categoryOfExitCode(code)).toBe(category as ErrorCategory)
  })
})
