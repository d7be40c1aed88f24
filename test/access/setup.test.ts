import { describe, expect, test } from 'bun:test'
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeGivenAdmin, offerSetup } from '../../src/access/first-admin.ts'
import { linkMs, removeSetupFile, setupFileOf, writeSetupFile } from '../../src/access/setup.ts'
import { goodPassword, openPlace, type Place } from './place.ts'
import { bytesIn } from './sample.ts'

const wanted = { name: 'ada', password: goodPassword }

function makeLink(here: Place): string {
  const link = here.setup.makeLink('service')
  if (!link.ok) throw new Error(link.fault)
  return link.value.token
}

describe('the setup link', () => {
  test('makes one admin, of the tenant of anonymous events, and is gone', async () => {
    using here = openPlace()
    const token = makeLink(here)
    expect(here.setup.isOpen(token)).toBe(true)
    expect(await here.setup.useLink(token, wanted)).toMatchObject({ ok: true, value: { name: 'ada', role: 'admin', tenant: 'default' } })
    expect(here.admins()).toBe(1)
    expect(here.setup.isOpen(token)).toBe(false)
    expect(await here.setup.useLink(token, { ...wanted, name: 'mallory' })).toEqual({ ok: false, fault: 'claim_lost' })
    expect(here.setup.makeLink('cli')).toEqual({ ok: false, fault: 'admin_exists' })
  })

  test('used twice at once makes one admin', async () => {
    using here = openPlace()
    const token = makeLink(here)
    const made = await Promise.all(['ada', 'mallory', 'eve'].map((name) => here.setup.useLink(token, { name, password: goodPassword })))
    expect(made.filter(({ ok }) => ok)).toHaveLength(1)
    expect(here.users.listUsers()).toHaveLength(1)
  })

  test('opens for half an hour', () => {
    using here = openPlace()
    const token = makeLink(here)
    here.clock.pass(linkMs - 1)
    expect(here.setup.isOpen(token)).toBe(true)
    here.clock.pass(1)
    expect(here.setup.isOpen(token)).toBe(false)
  })

  test('is void once an admin exists, whoever made that one, and opens again for nobody', async () => {
    using here = openPlace()
    const token = makeLink(here)
    await here.makeUser({ name: 'viewer' })
    expect(here.setup.isOpen(token)).toBe(true)
    await here.makeUser({ name: 'boss', role: 'admin' })
    expect(here.setup.isOpen(token)).toBe(false)
    expect(await here.setup.useLink(token, wanted)).toEqual({ ok: false, fault: 'claim_lost' })
  })

  test('is void while the password is still worked on and another admin appears', async () => {
    using here = openPlace()
    const token = makeLink(here)
    const used = here.setup.useLink(token, wanted)
    here.database.run(`INSERT INTO user VALUES ('x', 'boss', 'admin', 'default', '', 0, NULL)`)
    expect(await used).toEqual({ ok: false, fault: 'claim_lost' })
  })

  test('of before works no more, and a refused password leaves it open', async () => {
    using here = openPlace()
    const [first, second] = [makeLink(here), makeLink(here)]
    expect([here.setup.isOpen(first), here.setup.isOpen(second), here.setup.isOpen('')]).toEqual([false, true, false])
    expect(await here.setup.useLink(second, { name: 'ada', password: 'short' })).toEqual({ ok: false, fault: 'password_short' })
    expect(here.setup.isOpen(second)).toBe(true)
  })

  test('stands in no database as itself', () => {
    using here = openPlace()
    const token = makeLink(here)
    expect(bytesIn(here.folder).includes(token)).toBe(false)
  })
})

describe('the file of the link', () => {
  test('is readable by its owner alone, also when something else lay there', () => {
    using here = openPlace()
    const file = setupFileOf(here.folder)
    writeFileSync(join(here.folder, 'elsewhere'), 'mine', { mode: 0o644 })
    symlinkSync(join(here.folder, 'elsewhere'), file)
    writeSetupFile(here.folder, 'https://telemetry.example.org/setup/abc')
    expect([statSync(file).mode & 0o777, readFileSync(file, 'utf8')]).toEqual([0o600, 'https://telemetry.example.org/setup/abc\n'])
    expect(readFileSync(join(here.folder, 'elsewhere'), 'utf8')).toBe('mine')
    removeSetupFile(here.folder)
    removeSetupFile(here.folder)
    expect(existsSync(file)).toBe(false)
  })

  test('is written while there is no admin, and removed when there is one', async () => {
    using here = openPlace()
    const place = { folder: here.folder, origin: 'https://telemetry.example.org' }
    const offered = offerSetup(here.setup, place, 'service')
    expect(offered).toEqual({
      url: expect.stringMatching(/^https:\/\/telemetry\.example\.org\/setup\/\w{43}$/),
      file: setupFileOf(here.folder),
    })
    expect(readFileSync(setupFileOf(here.folder), 'utf8')).toBe(`${offered?.url}\n`)
    await here.makeUser({ role: 'admin' })
    expect(offerSetup(here.setup, place, 'service')).toBeUndefined()
    expect(existsSync(setupFileOf(here.folder))).toBe(false)
  })
})

describe('ADMIN_USER with ADMIN_PASSWORD_FILE', () => {
  function fileWith(here: Place, text: string): string {
    const path = join(here.folder, 'password')
    writeFileSync(path, text)
    return path
  }

  test('makes the admin when there is none, from the file without its line end', async () => {
    using here = openPlace()
    await makeGivenAdmin(here.users, { name: 'Ada', passwordPath: fileWith(here, `${goodPassword}\n`) })
    expect(await here.users.checkPassword('ada', goodPassword)).toMatchObject({ ok: true, value: { role: 'admin' } })
    expect(here.audit.list(1)).toMatchObject([{ actor: 'service', act: 'user_create' }])
  })

  test('does nothing when there is one, nor without the settings', async () => {
    using here = openPlace()
    await makeGivenAdmin(here.users, undefined)
    await here.makeUser({ name: 'boss', role: 'admin' })
    await makeGivenAdmin(here.users, { name: 'ada', passwordPath: join(here.folder, 'not there') })
    expect(here.users.listUsers().map(({ name }) => name)).toEqual(['boss'])
  })

  test.each<[name: string, given: (here: Place) => { readonly name: string; readonly passwordPath: string }, message: RegExp]>([
    ['a file that is not there', (here) => ({ name: 'ada', passwordPath: join(here.folder, 'none') }), /cannot be read \(ENOENT\)/],
    ['a short password', (here) => ({ name: 'ada', passwordPath: fileWith(here, 'short') }), /at least 12 characters/],
    ['a large file', (here) => ({ name: 'ada', passwordPath: fileWith(here, 'x'.repeat(5_000)) }), /more than a password/],
    ['a name that can be none', (here) => ({ name: 'a b', passwordPath: fileWith(here, goodPassword) }), /ADMIN_USER must be/],
  ])('with %s stops the start, and the message names no password', async (_, given, message) => {
    using here = openPlace()
    const made = makeGivenAdmin(here.users, given(here))
    await expect(made).rejects.toThrow(message)
    await expect(made).rejects.not.toThrow(/xxx|battery/)
    expect(here.users.listUsers()).toEqual([])
  })

  test('names a user who is no admin: the start stops and says what to do', async () => {
    using here = openPlace()
    await here.makeUser()
    await expect(makeGivenAdmin(here.users, { name: 'ada', passwordPath: fileWith(here, goodPassword) })).rejects.toThrow('user role')
  })
})
