import { createHash, timingSafeEqual } from 'node:crypto'
import { err, type Result } from '../base/result.ts'
import type { SignIn, SignInFault } from './sign-in.ts'

/** The one password that clients of the earlier service send for what only an operator may do. Users and keys do not need it. */
export type AdminPassword = {
  /** Whether a client knows it. A right one is answered at once; wrong ones are slowed like those to sign in, and how much of one is right takes no time to tell. */
  check(given: string, client: string): Promise<Result<undefined, SignInFault | 'not_set'>>
}

/** Tries count under this name, which no user can have. */
const triesName = ':admin-password'

/** The password of the settings; `not_set` is the answer to everybody where there is none. */
export function createAdminPassword(password: string | undefined, signIn: Pick<SignIn, 'bySecret'>): AdminPassword {
  const expected = password === undefined ? undefined : digest(password)
  return {
    check: async (given, client) => {
      if (expected === undefined) return err('not_set')
      return signIn.bySecret(triesName, () => timingSafeEqual(digest(given), expected), client)
    },
  }
}

/** Of one length whatever was given, so that the comparison tells nothing of it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
