import { readFileSync } from 'node:fs'
import { faultCode } from '../base/fault-code.ts'
import { defaultTenant } from '../base/tenant.ts'
import { removeSetupFile, type Setup, setupFileOf, writeSetupFile } from './setup.ts'
import type { NewUserFault, Users } from './user.ts'

/** Who the first admin is to be, by the settings: a name and the file that holds the password. */
export type GivenAdmin = { readonly name: string; readonly passwordPath: string }

/** A link for the operator, and the file that holds it. */
export type OfferedSetup = { readonly url: string; readonly file: string }

const passwordBytesMax = 4_096

const faultWords: Readonly<Record<NewUserFault, string>> = {
  name_invalid: 'ADMIN_USER must be 1 to 64 letters, digits or . _ @ + -, beginning with a letter or digit',
  name_taken: 'ADMIN_USER names a user who is no admin, or a disabled one: name another one, or set the role with `user role`',
  tenant_invalid: 'the tenant of the first admin is invalid',
  users_exhausted: 'there are as many users as are allowed',
  claim_lost: 'the first admin was not made',
  too_busy: 'the first admin was not made',
  password_short: 'the password in ADMIN_PASSWORD_FILE must have at least 12 characters',
  password_long: 'the password in ADMIN_PASSWORD_FILE must have at most 256 characters',
  password_plain: 'the password in ADMIN_PASSWORD_FILE must not hold the name, nor be a few characters over and over',
}

/** Makes the admin that the settings name, when there is none yet. Throws with a message for the operator when that cannot be done. */
export async function makeGivenAdmin(users: Pick<Users, 'hasAdmin' | 'createUser'>, given: GivenAdmin | undefined): Promise<void> {
  if (given === undefined || users.hasAdmin()) return
  const password = readPassword(given.passwordPath)
  const made = await users.createUser({ name: given.name, role: 'admin', tenant: defaultTenant, password }, 'service')
  if (!made.ok) throw new Error(faultWords[made.fault])
}

/** Writes a new setup link for the first admin into the data folder. Undefined, and no file, once there is an admin. */
export function offerSetup(
  setup: Pick<Setup, 'makeLink'>,
  place: { readonly folder: string; readonly origin: string },
  actor: string,
): OfferedSetup | undefined {
  const link = setup.makeLink(actor)
  if (!link.ok) {
    removeSetupFile(place.folder)
    return undefined
  }
  const url = `${place.origin}/setup/${link.value.token}`
  writeSetupFile(place.folder, url)
  return { url, file: setupFileOf(place.folder) }
}

function readPassword(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Error(`ADMIN_PASSWORD_FILE is ${JSON.stringify(path)}: the file cannot be read (${faultCode(cause)})`)
  }
  if (text.length > passwordBytesMax) throw new Error(`ADMIN_PASSWORD_FILE is ${JSON.stringify(path)}: the file holds more than a password`)
  return text.replace(/\r?\n$/, '')
}
