import { expect, test } from 'bun:test'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openLogFiles, removeLogFiles } from '../../src/base/log-file.ts'
import { openLogOutput } from '../../src/base/log-output.ts'
import { createTally } from '../../src/base/tally.ts'
import { fakeClock } from '../fake-clock.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'

const dayMs = 86_400_000

test('P6 log lines go to a file a day that only the service may read, and files go after 7 days', () => {
  using place = temporaryFolder()
  const folder = place.file('logs')
  const clock = fakeClock('2026-03-01T23:59:59Z')
  const files = openLogFiles(folder, clock)
  writeFileSync(join(folder, 'notes.log'), 'of somebody else')
  for (let day = 0; day < 9; day++) {
    files.put(`{"day":${day}}\n`)
    files.put(`{"day":${day}}\n`)
    clock.pass(dayMs)
  }
  expect(readFileSync(join(folder, 'telemetry-2026-03-01.log'), 'utf8')).toBe('{"day":0}\n{"day":0}\n')
  expect(statSync(join(folder, 'telemetry-2026-03-01.log')).mode & 0o777).toBe(0o600)
  expect(removeLogFiles(folder, clock.now() - 7 * dayMs)).toBe(2)
  expect(readdirSync(folder).toSorted()).toEqual(['notes.log', ...[3, 4, 5, 6, 7, 8, 9].map((day) => `telemetry-2026-03-0${day}.log`)])
  expect(removeLogFiles(folder, clock.now() - 7 * dayMs)).toBe(0)
})

test('a folder that is gone is made again', () => {
  using place = temporaryFolder()
  const folder = place.file('logs')
  const files = openLogFiles(folder, fakeClock('2026-03-01'))
  rmSync(folder, { recursive: true })
  files.put('{}\n')
  expect(readFileSync(join(folder, 'telemetry-2026-03-01.log'), 'utf8')).toBe('{}\n')
})

test('a folder that cannot be made is refused at once', () => {
  using place = temporaryFolder()
  writeFileSync(place.file('file'), '')
  for (const path of ['file', 'file/logs']) expect(() => openLogFiles(place.file(path), fakeClock('2026-03-01'))).toThrow()
})

test('lines that a full disk does not take are counted and told of once there is room', () => {
  using place = temporaryFolder()
  const path = place.file('telemetry-2026-03-01.log')
  const lost = createTally()
  const noteOf = (name: string, count: number) => `{"place":"${name}","lost":${count}}\n`
  const output = openLogOutput(openLogFiles(place.path, fakeClock('2026-03-01')), { lost, noteOf })
  output.write('{"n":1}\n')
  renameSync(path, place.file('before'))
  symlinkSync('/dev/full', path)
  for (const n of [2, 3]) output.write(`{"n":${n}}\n`)
  expect([...lost.entries()]).toEqual([['file', 2]])
  unlinkSync(path)
  for (const n of [4, 5]) output.write(`{"n":${n}}\n`)
  expect(readFileSync(path, 'utf8')).toBe('\n{"n":4}\n{"place":"file","lost":2}\n{"n":5}\n')
})

test('P6 a service with LOG_DIR writes each line of its log to stdout and to the file of the day', async () => {
  using place = temporaryFolder()
  const service = await startServiceProcess({ env: { LOG_DIR: place.file('logs') } })
  try {
    expect(await service.end('SIGTERM')).toBe(0)
    const files = readdirSync(place.file('logs'))
    const lines = files.map((name) => readFileSync(join(place.file('logs'), name), 'utf8')).join('')
    expect(lines).toContain('"msg":"stopped"')
    expect(service.log()).toBe(lines)
  } finally {
    await service.dispose()
  }
})
