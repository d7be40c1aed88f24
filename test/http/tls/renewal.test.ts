import { describe, expect, test } from 'bun:test'
import { copyFileSync, writeFileSync } from 'node:fs'
import { readTlsPair } from '../../../src/http/tls/pair.ts'
import { createRenewal } from '../../../src/http/tls/renewal.ts'
import { type FakeClock, fakeClock } from '../../fake-clock.ts'
import { makeCertificate } from '../../part/certificate.ts'
import { temporaryFolder } from '../../store/folder.ts'

type Place = { readonly files: { readonly certFile: string; readonly keyFile: string }; readonly folder: string }

/** A renewal over files that a test exchanges, and what came of it. */
function openRenewal({ folder, files }: Place, clock: FakeClock, renew?: () => void) {
  const served = readTlsPair(files)
  if (!served.ok) throw new Error(served.fault)
  const told: string[] = []
  const log = {
    debug: () => undefined,
    warn: () => undefined,
    info: () => undefined,
    error: ({ fault }: { fault?: unknown }) => void told.push(String(fault)),
  }
  const taken: string[] = []
  const take = ({ cert }: { readonly cert: string }) => {
    renew?.()
    taken.push(cert)
  }
  const { look } = createRenewal({ files, served: served.value, renew: take, clock, log })
  return { look, told, taken, folder }
}

function openPlace(): Place & Disposable {
  const folder = temporaryFolder()
  return { files: makeCertificate(folder.path, 'served'), folder: folder.path, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

function replace({ files, folder }: Place, name: string): void {
  const made = makeCertificate(folder, name)
  copyFileSync(made.certFile, files.certFile)
  copyFileSync(made.keyFile, files.keyFile)
}

const times = (count: number, look: () => void) => Array.from({ length: count }, look)
/** Certificates are made by a program that knows the time of day only. */
const realNow = () => fakeClock(Date.now() + 60_000)

describe('new certificates', () => {
  test('are served once two looks have seen the same pair, and only once', () => {
    using place = openPlace()
    const { look, taken, told } = openRenewal(place, realNow())
    times(3, look)
    expect(taken).toEqual([])
    replace(place, 'next')
    look()
    expect(taken).toEqual([])
    times(3, look)
    expect(taken).toHaveLength(1)
    expect(told).toEqual([])
  })

  test('wait without a word while one file is new and the other old for a single look', () => {
    using place = openPlace()
    const { look, taken, told } = openRenewal(place, realNow())
    const next = makeCertificate(place.folder, 'next')
    copyFileSync(next.certFile, place.files.certFile)
    look()
    copyFileSync(next.keyFile, place.files.keyFile)
    times(2, look)
    expect([taken.length, told]).toEqual([1, []])
  })

  test.each([
    ['key_foreign', (place: Place) => copyFileSync(makeCertificate(place.folder, 'other').keyFile, place.files.keyFile)],
    ['cert_invalid', (place: Place) => writeFileSync(place.files.certFile, 'cut off')],
    ['key_unreadable', (place: Place) => Bun.spawnSync(['rm', place.files.keyFile])],
  ])('that are bad (%s) are refused and told once; the one before stays, and a good one after it is served', (fault, spoil) => {
    using place = openPlace()
    const { look, taken, told } = openRenewal(place, realNow())
    spoil(place)
    times(4, look)
    expect([taken, told]).toEqual([[], [fault]])
    replace(place, 'good')
    times(2, look)
    expect(taken).toHaveLength(1)
  })

  test('that do not hold now are refused', () => {
    using place = openPlace()
    const clock = realNow()
    const { look, taken, told } = openRenewal(place, clock)
    replace(place, 'next')
    clock.pass(40 * 86_400_000)
    times(3, look)
    expect([taken, told]).toEqual([[], ['not_valid_now']])
  })

  test('that cannot be listened with are refused', () => {
    using place = openPlace()
    const { look, taken, told } = openRenewal(place, realNow(), () => {
      throw new Error('no socket')
    })
    replace(place, 'next')
    times(3, look)
    expect([taken, told]).toEqual([[], ['not_servable']])
  })
})
