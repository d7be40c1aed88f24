import type { Clock } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { KeyFault, KeyRing } from './key.ts'
import type { Sessions, StartedSession } from './session.ts'
import { createSignInDelay } from './sign-in-delay.ts'
import { readUserName, type UserFacts, type Users } from './user.ts'

/** `refused`: the name or the password is wrong, whichever. `too_many`: of this client too many tries wait already. */
export type SignInFault = 'refused' | 'too_busy' | 'too_many'

export type SignIn = {
  /** `client` tells clients apart for the wait; it is an address in a short form and stays in memory. */
  byPassword(name: string, password: string, client: string): Promise<Result<StartedSession, SignInFault>>
  /** The same question without a session at its end: before something that only the owner of the password may do. */
  confirm(name: string, password: string, client: string): Promise<Result<UserFacts, SignInFault>>
  /** For a key that reads: what it may, its session may. */
  byKey(key: string, client: string): Promise<Result<StartedSession, KeyFault | SignInFault>>
  /**
   * For a secret of a machine that belongs to no user: `name` is what tries for it count under. Only wrong ones wait. To compare costs nothing, so it is done
   * before the wait, and a program that knows the secret is not held up by what it got wrong before; with people a password is checked after the wait, since
   * that costs much, and they try again by hand. Guessing gains nothing by it: a try is compared only once it has a seat, which it keeps for its whole wait
   * even where its sender hangs up to try again. So one address has at most `clientHeldMax` guesses in `delayMaxMs` (one in two seconds), as at the sign-in,
   * and all addresses that failed before share `heldMax` seats. Addresses that did not, however many there are, share `slotCount` slots of `freeTries` guesses
   * each, of which one comes back in `forgetMs`: about 1,100 guesses a second at the most, and never so many by chance. Against a secret of twelve random
   * letters and digits (3 × 10^21) that is 10^11 years.
   */
  bySecret(name: string, isRight: () => boolean, client: string): Promise<Result<undefined, SignInFault>>
  /** Answers what still waits. */
  stop(): void
}

export type SignInParts = {
  readonly users: Pick<Users, 'checkPassword' | 'idOf'>
  readonly keyRing: Pick<KeyRing, 'authenticate'>
  readonly sessions: Pick<Sessions, 'start'>
  readonly clock: Clock
  readonly seed: () => bigint
  /** Told what a try that failed was about: `user:<id>`, or a word of ours. */
  readonly noteRefused?: (subject: string) => void
  /** Waits; only a test gives another. */
  readonly wait?: Wait
}

/** Resolves after so many milliseconds, or when the signal says stop. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>

/** A place in which a try waits for its answer: how many milliseconds, and its end. */
type Seat = { readonly ms: number; readonly leave: () => void }

/** Of a try that does not wait. */
const noSeat: Seat = { ms: 0, leave: () => undefined }

/** Tries that may wait at once. */
export const heldMax = 64
/** Tries of one client that may wait at once. */
export const clientHeldMax = 8
/** The longest wait for what others did wrong with a name, in milliseconds: anybody can bring it about, and its owner is not to be kept out. */
export const nameDelayMaxMs = 2_000

/**
 * The one way in for people. A client is slowed by its own failures; those of others with the same name cost it two seconds at the most, and nothing where
 * no seat is free to wait in. Nobody is shut out: whoever knows the password comes in within the longest wait.
 */
export function createSignIn({
  users,
  keyRing,
  sessions,
  clock,
  seed,
  noteRefused = () => undefined,
  wait = waitFor,
}: SignInParts): SignIn {
  const names = createSignInDelay(seed())
  const clients = createSignInDelay(seed())
  const heldByClient = new Map<string, number>() // At most `heldMax` entries.
  const stopped = new AbortController()
  let held = 0

  /** Counts a try and gives it a place to wait in. */
  function takeSeat(name: string | undefined, client: string): Seat | 'too_busy' | 'too_many' {
    const now = clock.now()
    const ownMs = clients.take(client, now)
    const nameMs = name === undefined ? 0 : Math.min(names.take(name, now), nameDelayMaxMs)
    if (Math.max(ownMs, nameMs) === 0) return noSeat
    const own = heldByClient.get(client) ?? 0
    if (own >= clientHeldMax) return 'too_many'
    if (held >= heldMax) return ownMs === 0 ? noSeat : 'too_busy' // Who did nothing wrong is not refused for the seats that others fill.
    held += 1
    heldByClient.set(client, own + 1)
    return { ms: Math.max(ownMs, nameMs), leave: () => leaveSeat(client) }
  }

  function leaveSeat(client: string): void {
    held -= 1
    const left = (heldByClient.get(client) ?? 1) - 1
    if (left === 0) heldByClient.delete(client)
    else heldByClient.set(client, left)
  }

  async function sit({ ms, leave }: Seat): Promise<'too_busy' | undefined> {
    if (ms === 0) return undefined
    await wait(ms, stopped.signal)
    leave()
    return stopped.signal.aborted ? 'too_busy' : undefined
  }

  async function hold(name: string | undefined, client: string): Promise<'too_busy' | 'too_many' | undefined> {
    const seat = takeSeat(name, client)
    return typeof seat === 'string' ? seat : sit(seat)
  }

  async function confirm(name: string, password: string, client: string): Promise<Result<UserFacts, SignInFault>> {
    const asked = readUserName(name) ?? ''
    const fault = await hold(asked, client)
    if (fault !== undefined) return err(fault)
    const user = await users.checkPassword(asked, password)
    if (!user.ok) {
      const id = users.idOf(asked)
      if (user.fault === 'refused') noteRefused(id === undefined ? 'name_unknown' : `user:${id}`)
      return user
    }
    names.forgive(asked)
    clients.giveBack(client)
    return user
  }

  async function byPassword(name: string, password: string, client: string): Promise<Result<StartedSession, SignInFault>> {
    const user = await confirm(name, password, client)
    return user.ok ? ok(sessions.start({ userId: user.value.id }, 'password')) : user
  }

  async function byKey(key: string, client: string): Promise<Result<StartedSession, KeyFault | SignInFault>> {
    const fault = await hold(undefined, client)
    if (fault !== undefined) return err(fault)
    const holder = keyRing.authenticate(key, ['read'])
    if (!holder.ok) {
      noteRefused(holder.fault)
      return holder
    }
    clients.giveBack(client)
    return ok(sessions.start({ keyId: holder.value.keyId }, 'key'))
  }

  async function bySecret(name: string, isRight: () => boolean, client: string): Promise<Result<undefined, SignInFault>> {
    const seat = takeSeat(name, client)
    if (typeof seat === 'string') return err(seat)
    if (!isRight()) {
      noteRefused('admin_password')
      return err((await sit(seat)) ?? 'refused')
    }
    seat.leave()
    names.forgive(name)
    clients.giveBack(client)
    return ok(undefined)
  }

  return { byPassword, confirm, byKey, bySecret, stop: () => stopped.abort() }
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
