import { expect, test } from 'bun:test'
import { openErrorHeirs } from '../../src/access/error-heir.ts'
import { openErrorStates } from '../../src/access/error-state.ts'
import { makeRule } from '../../src/alert/rule.ts'
import { type AlertSource, readRules } from '../../src/alert/source.ts'
import { inheritErrorGroups } from '../../src/app/back.ts'
import { silentLog } from '../../src/base/log.ts'
import { fingerprintVersion } from '../../src/event/fingerprint.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { noon, openPlace } from '../access/place.ts'
import { makeEarlier } from '../store/earlier-group.ts'
import { temporaryFolder } from '../store/folder.ts'
import { put, stateOf } from '../store/run-fixture.ts'

const tenant = 'default'
const dayMs = 86_400_000
const logs = ['No space left on device', 'E: Unable to locate package x', 'npm error code E404']

test('a store whose errors are grouped in a new way alarms of none of them anew, and what was muted stays so', async () => {
  using folder = temporaryFolder()
  using place = openPlace()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  for (let n = 0; n < 9; n++)
    put(store, n, stateOf({ status: 'failed', exitCode: 1, error: 'exit_code=1 | General error', trace: logs[n % 3] ?? '', at: noon - n }))
  store.close()
  const rule = makeRule({ kind: 'new_error' }, 'new-error')
  if (!rule.ok) throw new Error(rule.fault)
  const breaches = async () => {
    const reader = openStoreReader(path)
    const answers = {
      recentScripts: async (query) => reader.recentScripts(query),
      analyse: async (query) => reader.analyse(query),
      errorGroups: async (of, fingerprints) => reader.errorGroups(of, fingerprints),
      totals: async (query) => reader.totals(query),
    } satisfies AlertSource['reader']
    const source = { reader: answers, isMutedGroup: () => false } as unknown as AlertSource
    const readings = await readRules([rule.value], { source, now: noon, onFault: (_, fault) => expect(fault).toBeUndefined() })
    reader.close()
    return [...(readings.get('new-error')?.values() ?? [])].filter(({ status }) => status === 'breach').length
  }
  expect(await breaches()).toBe(3) // As if each had been seen today for the first time.

  const states = openErrorStates(place.database, { clock: place.clock })
  states.mute({ tenant, fingerprint: makeEarlier(path, { tenant, firstAt: noon - 30 * dayMs }), note: 'known' }, 'user:a')
  openStoreWriter(path).close()
  const errorHeirs = openErrorHeirs(place.database, { clock: place.clock })
  inheritErrorGroups({ errorHeirs }, path, silentLog)
  expect(await breaches()).toBe(0)
  expect(states.muted(tenant).map(({ note }) => note)).toEqual(['known', 'known', 'known', 'known'])
  expect(errorHeirs.version()).toBe(fingerprintVersion)
})
