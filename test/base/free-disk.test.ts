import { describe, expect, test } from 'bun:test'
import { explainFullDisk, tellingFullDisk } from '../../src/base/free-disk.ts'

const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })

describe('a full disk', () => {
  test.each([
    ['itself', full],
    ['behind the room that met it', new Error('append to journal', { cause: full })],
  ])('is told with the folder and what to do, as the fault %s', async (_, fault) => {
    const said = await tellingFullDisk('/var/lib/t', async () => Promise.reject(fault)).catch((cause: Error) => cause.message)
    expect(said).toStartWith('the disk of the data folder /var/lib/t is full (SQLITE_FULL): make room there')
  })

  test('is not what any other fault is taken for', async () => {
    const other = new Error('the key is unknown', { cause: 'SQLITE_FULL' })
    expect(explainFullDisk('/var/lib/t', other)).toBeUndefined()
    await expect(tellingFullDisk('/var/lib/t', async () => Promise.reject(other))).rejects.toBe(other)
    expect(await tellingFullDisk('/var/lib/t', async () => 7)).toBe(7)
  })
})
