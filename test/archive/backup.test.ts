import { describe, expect, test } from 'bun:test'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { restoreFromBackup, verifyBackup } from '../../src/app/backup.ts'
import { readManifest } from '../../src/archive/manifest.ts'
import { systemClock } from '../../src/base/clock.ts'
import { copyDatabase } from '../../src/base/sqlite-copy.ts'
import { drainJournal } from '../../src/consumer/drain.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { entryOf, idOf, writeJournal } from '../consumer/journal-file.ts'
import { temporaryFolder } from '../store/folder.ts'
import { plainRuns } from '../store/plain-run.ts'
import { backupsOf, damagedBackupsOf, fillFolder, listOf, makeBackup, restore, settingsOf } from './sample-backup.ts'

/** A proof that nobody asks about. */
const untold = async () => undefined
/** A proof that nothing ends and nobody follows. */
const unwatched = { signal: new AbortController().signal, note: () => undefined }

function sumOf(text: string): string {
  return new Bun.CryptoHasher('sha256').update(text).digest('hex')
}

/** What a store holds, whatever the numbers of its rows. */
function runsIn(path: string) {
  const store = openStoreWriter(path)
  try {
    return plainRuns(store)
      .map(({ tenant, key, reading }) => ({ tenant, key, reading }))
      .sort((left, right) => (left.key < right.key ? -1 : 1))
  } finally {
    store.close()
  }
}

describe('a backup', () => {
  test('is a folder of compressed files for the owner alone, with a manifest of what they hold', async () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const made = await backupsOf(folder).create()
    if (!made.ok) throw new Error(made.fault)
    const path = folder.file(join('backup', made.value.name))
    expect(readdirSync(path).sort()).toEqual(['access.db.zst', 'journal.db.zst', 'manifest.json', 'store.db.zst'])
    expect(readdirSync(path).map((name) => statSync(join(path, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600, 0o600])
    expect(statSync(path).mode & 0o777).toBe(0o700)
    expect(made.value.manifest.counts).toEqual({ runs: 5, traces: 5, tombstones: 0, entries: 3, keys: 0, users: 0, secrets: 1 })
    expect(listOf(folder)).toMatchObject([{ name: made.value.name, runs: 5, bytes: made.value.bytes }])
    expect(await verifyBackup(settingsOf(folder.path), made.value.name, untold)).toMatchObject({ counts: { runs: 5, entries: 3 } })
    expect(readdirSync(folder.file('backup')).sort()).toEqual([made.value.name, 'erasures.json']) // The proof leaves nothing.
  })

  test('holds each entry that was acknowledged, also where all is consumed and trimmed between the copies of journal and store', () => {
    using folder = temporaryFolder()
    using copy = temporaryFolder()
    const [journal, store] = [folder.file('journal.db'), folder.file('store.db')]
    const consume = () => {
      const writer = openStoreWriter(store)
      drainJournal(journal, writer, systemClock)
      writer.close()
    }
    writeJournal(journal, [[1, 2, 3].map((n) => entryOf({ executionId: idOf(n) }))])
    consume()
    writeJournal(journal, [[4, 5].map((n) => entryOf({ executionId: idOf(n) }))])
    copyDatabase(journal, copy.file('journal.db'))
    consume()
    writeJournal(journal, [[entryOf({ executionId: idOf(6) })]])
    consume() // The store's cursor now lies beyond the last entry of the copied journal.
    copyDatabase(store, copy.file('store.db'))

    const writer = openStoreWriter(copy.file('store.db'))
    drainJournal(copy.file('journal.db'), writer, systemClock)
    writer.close()
    expect(runsIn(copy.file('store.db'))).toEqual(runsIn(store))
    writeJournal(copy.file('journal.db'), [[entryOf({ executionId: idOf(7) })]]) // Numbers that were given once are given again.
    const again = openStoreWriter(copy.file('store.db'))
    drainJournal(copy.file('journal.db'), again, systemClock)
    again.close()
    expect(runsIn(copy.file('store.db'))).toHaveLength(7)
  })

  test('is refused where there is nothing to back up', async () => {
    using folder = temporaryFolder()
    expect(await backupsOf(folder).create()).toMatchObject({ ok: false, fault: expect.stringContaining('nothing to back up') })
  })

  test('that is broken off by a signal counts for nothing, and the next one removes what it left', async () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const stopping = new AbortController()
    const broken = backupsOf(folder, async (work) => {
      const copied = await work()
      stopping.abort()
      return copied
    }).create(stopping.signal)
    expect(broken).rejects.toThrow('ended')
    await broken.catch(() => undefined)
    expect(readdirSync(folder.file('backup')).map((name) => name.endsWith('.partial'))).toEqual([true])
    expect(listOf(folder)).toEqual([])
    rmSync(folder.file('backup'), { recursive: true }) // A second backup within one second has no name.
    mkdirSync(folder.file('backup/2020-01-01T00-00-00Z.partial'), { recursive: true })
    const name = await makeBackup(folder)
    expect(readdirSync(folder.file('backup')).sort()).toEqual([name, 'erasures.json'])
  })

  test('that could not be proved removes no older one; one that was proved leaves the newest', async () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const name = await makeBackup(folder)
    for (const old of ['2020-01-01T00-00-00Z', '2021-01-01T00-00-00Z'])
      Bun.spawnSync(['cp', '-r', folder.file(join('backup', name)), folder.file(join('backup', old))])
    rmSync(folder.file(join('backup', name)), { recursive: true })
    await backupsOf(folder, async () => Promise.reject(new Error('the disk is full')))
      .createProved(1, unwatched)
      .catch(() => undefined)
    expect(listOf(folder)).toHaveLength(2)
    const decaying = damagedBackupsOf(folder.path)
    await expect(decaying.createProved(1, unwatched)).rejects.toThrow(/was made and could not be proved: store\.db\.zst/)
    expect(listOf(folder)).toHaveLength(3)
    for (const { name: newest } of listOf(folder).slice(2)) rmSync(folder.file(join('backup', newest)), { recursive: true })
    const made = await backupsOf(folder).createProved(2, unwatched)
    expect(listOf(folder).map((one) => one.name)).toEqual(['2021-01-01T00-00-00Z', made.name])
  })
})

describe('the manifest', () => {
  test('is JSON as any program reads it, and its last member is the checksum of the rest', async () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const path = folder.file(join('backup', await makeBackup(folder), 'manifest.json'))
    const { checksum, ...rest } = JSON.parse(readFileSync(path, 'utf8'))
    expect(checksum).toBe(sumOf(`${JSON.stringify(rest, null, 2)}\n`))
    expect(readManifest(readFileSync(path, 'utf8'))).toEqual({ ok: true, value: rest })
  })

  test('of an older backup, with its checksum in a line behind the JSON, is verified and restored as ever, and refused when it is damaged', async () => {
    using folder = temporaryFolder()
    using empty = temporaryFolder()
    fillFolder(folder)
    const name = await makeBackup(folder)
    const path = folder.file(join('backup', name, 'manifest.json'))
    const { checksum: _, ...rest } = JSON.parse(readFileSync(path, 'utf8'))
    const body = `${JSON.stringify(rest, null, 2)}\n`
    const older = `${body}${sumOf(body)}\n`
    writeFileSync(path, older.replace('"runs": 5', '"runs": 6'))
    expect(await verifyBackup(settingsOf(folder.path), name, untold).catch((cause: Error) => cause.message)).toContain(
      'its checksum differs',
    )
    writeFileSync(path, older)
    expect(await verifyBackup(settingsOf(folder.path), name, untold)).toMatchObject({ name })
    expect(await restore(folder, name, empty.path)).toMatchObject({ held: { runs: 5 } })
  })
})

describe('a damaged backup is neither proved nor restored, and its fault is named', () => {
  const flip = (path: string, at: number) => {
    const bytes = readFileSync(path)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
  }
  const manifest = (path: string, change: (text: string) => string) =>
    writeFileSync(join(path, 'manifest.json'), change(readFileSync(join(path, 'manifest.json'), 'utf8')))
  const resum = (text: string) => {
    const body = text.replace(/,\n {2}"checksum": "[0-9a-f]{64}"\n\}\n$/, '\n}\n')
    return `${body.slice(0, -3)},\n  "checksum": "${sumOf(body)}"\n}\n`
  }

  test.each<[name: string, damage: (path: string) => void, fault: string]>([
    ['a flipped byte at the begin of a file', (path) => flip(join(path, 'store.db.zst'), 2), 'store.db.zst is damaged'],
    ['a flipped byte in a file', (path) => flip(join(path, 'store.db.zst'), 900), 'store.db.zst is damaged'],
    ['a flipped byte of the keys', (path) => flip(join(path, 'access.db.zst'), 300), 'access.db.zst is damaged'],
    ['a file cut short', (path) => truncateSync(join(path, 'store.db.zst'), 500), 'store.db.zst is damaged'],
    ['an empty file', (path) => truncateSync(join(path, 'journal.db.zst'), 0), 'journal.db.zst is damaged'],
    ['a missing file', (path) => rmSync(join(path, 'journal.db.zst')), 'journal.db.zst is missing'],
    ['a missing manifest', (path) => rmSync(join(path, 'manifest.json')), 'manifest.json is missing'],
    ['another number in the manifest', (path) => manifest(path, (text) => text.replace('"runs": 5', '"runs": 6')), 'its checksum differs'],
    ['a manifest cut short', (path) => truncateSync(join(path, 'manifest.json'), 100), 'manifest.json is damaged'],
    ['a manifest that holds something else', (path) => manifest(path, () => resum('{\n  "format": 1\n}\n')), 'not the manifest'],
    [
      'a newer format',
      (path) => manifest(path, (text) => resum(text.replace('"format": 1', '"format": 2'))),
      'it has format 2, this program knows up to 1',
    ],
    ['a count that is not so', (path) => manifest(path, (text) => resum(text.replace('"runs": 5', '"runs": 6'))), 'counts.runs differs'],
    [
      'a file of another folder',
      (path) => manifest(path, (text) => resum(text.replace('"store.db.zst"', '"../../store.db"'))),
      '../../store.db is missing',
    ],
  ])('%s', async (_, damage, fault) => {
    using folder = temporaryFolder()
    using empty = temporaryFolder()
    fillFolder(folder)
    const name = await makeBackup(folder)
    damage(folder.file(join('backup', name)))
    const verified = await verifyBackup(settingsOf(folder.path), name, untold).catch((cause: Error) => cause.message)
    const restored = await restore(folder, name, empty.path).catch((cause: Error) => cause.message)
    expect(verified).toContain(fault)
    expect(restored).toContain(fault)
    expect(readdirSync(empty.path).filter((one) => !one.startsWith('lock.db'))).toEqual([])
  })

  test('another byte at any place of the manifest', async () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const bytes = readFileSync(folder.file(join('backup', await makeBackup(folder), 'manifest.json')))
    for (let at = 0; at < bytes.length; at += 1) {
      const spoiled = Buffer.from(bytes)
      spoiled[at] = (spoiled[at] ?? 0) ^ 1
      expect(readManifest(spoiled.toString()).ok).toBe(false)
    }
  })

  test('a database of a newer version', async () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const store = openStoreWriter(folder.file('store.db'))
    store.close()
    const { Database } = await import('bun:sqlite')
    const newer = new Database(folder.file('store.db'))
    newer.run('PRAGMA user_version = 99')
    newer.close()
    const made = await backupsOf(folder)
      .create()
      .catch((cause: Error) => cause.message)
    expect(made).toContain('has schema 99, this program knows up to')
  })

  test('an unknown name', async () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    expect(verifyBackup(settingsOf(folder.path), 'none', untold)).rejects.toThrow('there is no backup none')
    expect(restoreFromBackup(settingsOf(folder.path), 'none')).rejects.toThrow('there is no backup none')
  })
})

describe('a restore', () => {
  test('brings back every run with its log and consumes what waited in the journal, and signs everybody out', async () => {
    using folder = temporaryFolder()
    using empty = temporaryFolder()
    fillFolder(folder)
    const { openAccessDatabase } = await import('../../src/access/database.ts')
    const access = openAccessDatabase(folder.file('access.db'))
    access.run(`INSERT INTO user VALUES ('u1', 'ada', 'admin', 'default', 'x', 0, NULL)`)
    access.run(`INSERT INTO session VALUES ('s1', zeroblob(32), 'u1', NULL, 'password', 0, 0, 9e15)`)
    access.close()
    const name = await makeBackup(folder)
    expect(await restore(folder, name, empty.path)).toMatchObject({
      counts: { runs: 8, users: 1 },
      held: { runs: 5, users: 1, entries: 3 },
    })
    expect(
      readdirSync(empty.path)
        .filter((one) => !one.startsWith('lock.db'))
        .sort(),
    ).toEqual(['access.db', 'journal.db', 'store.db'])
    expect(['access.db', 'journal.db', 'store.db'].map((one) => statSync(empty.file(one)).mode & 0o777)).toEqual([0o600, 0o600, 0o600])
    const store = openStoreWriter(empty.file('store.db'))
    expect(store.changes(0, 10)).toHaveLength(8)
    expect(store.changes(0, 10).flatMap(({ state }) => state?.outcome?.trace ?? [])).toEqual([1, 2, 3, 4, 5].map((n) => `log of ${n}`))
    store.close()
    const restored = openAccessDatabase(empty.file('access.db'))
    expect(restored.query('SELECT name FROM user').all()).toEqual([{ name: 'ada' }])
    expect(restored.query('SELECT id FROM session').all()).toEqual([])
    expect(restored.query('SELECT actor, act, subject FROM audit').all()).toEqual([{ actor: 'cli', act: 'backup_restore', subject: name }])
    restored.close()
  })

  test('works into the own folder once its databases are gone, from the backups that stay in it', async () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const name = await makeBackup(folder)
    const before = await restore(folder, name, folder.path).catch((cause: Error) => cause.message)
    expect(before).toMatch(/is not empty \(.+\): move that away; only backup, tls, /)
    for (const file of readdirSync(folder.path)) if (file !== 'backup') rmSync(folder.file(file))
    // What a service leaves beside its databases, and certificates where docs/operations.md puts them.
    for (const file of ['setup-link', 'control.sock', 'rate.db', 'rate.db-wal']) writeFileSync(folder.file(file), '')
    mkdirSync(folder.file('tls'))
    await restore(folder, name, folder.path)
    expect(runsIn(folder.file('store.db'))).toHaveLength(8)
  })

  test('of a backup that was copied without the list of erasures is refused, until the list is copied or said to be lost', async () => {
    using folder = temporaryFolder()
    using elsewhere = temporaryFolder()
    using target = temporaryFolder()
    fillFolder(folder)
    const name = await makeBackup(folder) // Nothing was erased before, and the list is there.
    const { keepErasures, erasuresOf } = await import('../../src/archive/erasure-hash.ts')
    const { readErasureBook } = await import('../../src/access/erasure.ts')
    const erasures = erasuresOf('default', 'somebody', { secret: new Uint8Array(32), at: 1 })
    await keepErasures(folder.file('backup'), erasures)
    const copied = elsewhere.file(name)
    cpSync(folder.file(join('backup', name)), copied, { recursive: true })
    const attempt = (withoutErasures = false) => restoreFromBackup(settingsOf(target.path), copied, { withoutErasures })

    const said = await attempt().catch((cause: Error) => cause.message)
    expect(said).toContain(`nothing was restored: ${elsewhere.file('erasures.json')} is missing`)
    expect(said).toContain('Copy erasures.json there from the folder DATA_DIR/backup')
    expect(readdirSync(target.path)).toEqual([])

    cpSync(folder.file('backup/erasures.json'), elsewhere.file('erasures.json'))
    await attempt()
    expect(readErasureBook(target.file('access.db'))).toEqual(erasures)

    for (const file of readdirSync(target.path)) rmSync(target.file(file))
    rmSync(elsewhere.file('erasures.json'))
    expect(await attempt(true)).toMatchObject({ counts: { runs: 8 } })
  })

  test('needs a list that a later backup leaves as it is, and makes anew from what the service remembers', async () => {
    using folder = temporaryFolder()
    const { beginErasures, keepErasures, readErasures } = await import('../../src/archive/erasure-hash.ts')
    const [older, newer] = [
      { hash: 'a', at: 1 },
      { hash: 'b', at: 2 },
    ]
    await beginErasures(folder.path, () => [older])
    expect(readErasures(folder.path)).toEqual([older])
    await keepErasures(folder.path, [older, newer])
    await beginErasures(folder.path, () => [older])
    expect(readErasures(folder.path)).toEqual([older, newer])
    rmSync(folder.file('erasures.json'))
    await beginErasures(folder.path, () => {
      writeFileSync(folder.file('erasures.json'), JSON.stringify([newer])) // An erasure meanwhile.
      return [older]
    })
    expect(readErasures(folder.path)).toEqual([newer])
    expect(readdirSync(folder.path)).toEqual(['erasures.json'])
  })

  test.each(['journal.db', 'store.db', 'access.db', 'note.txt'])(
    'is refused where the folder holds %s, which stays as it is',
    async (file) => {
      using folder = temporaryFolder()
      using other = temporaryFolder()
      fillFolder(folder)
      const name = await makeBackup(folder)
      writeFileSync(other.file(file), 'mine')
      const said = await restore(folder, name, other.path).catch((cause: Error) => cause.message)
      expect(said).toContain(`is not empty (${file})`)
      expect(readFileSync(other.file(file), 'utf8')).toBe('mine')
    },
  )

  test('is refused while another process has the folder', async () => {
    using folder = temporaryFolder()
    using other = temporaryFolder()
    fillFolder(folder)
    const name = await makeBackup(folder)
    const { lockFolder } = await import('../../src/base/lock.ts')
    const held = lockFolder(other.path)
    if (!held.ok) throw new Error('lock')
    const said = await restore(folder, name, other.path).catch((cause: Error) => cause.message)
    held.value.release()
    expect(said).toContain('is in use by another process')
    expect(existsSync(other.file('store.db'))).toBe(false)
  })
})
