import { err, ok, type Result } from '../base/result.ts'
import { createSeats } from '../base/seat.ts'

/** Hashes passwords and checks them, a few at a time: each takes memory and a processor, and the events come first. */
export type PasswordKeeper = {
  /** The text to store, with its own salt and costs. */
  hash(password: string): Promise<Result<string, 'too_busy'>>
  /** Whether the password is the one of the hash. Without a hash it is not, after as much work. */
  isRight(password: string, hash: string | undefined): Promise<Result<boolean, 'too_busy'>>
}

export type PasswordFault = 'password_short' | 'password_long' | 'password_plain'

/** How many passwords are worked on at once. */
export const parallelMax = 2
/** How many more may wait. */
export const waitingMax = 16

export const passwordCharactersMin = 12
export const passwordCharactersMax = 256
/** A shorter name is part of many a good password. */
const nameCharactersLooked = 4
const differentMin = 5

/** argon2id with 19 MiB and two passes: what OWASP names as the least; about 30 ms of one core. */
const costs = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const

/** A hash with the same costs that no password is known to: who does not exist is refused no sooner than who does. */
const decoy = '$argon2id$v=19$m=19456,t=2,p=1$5OfsItIHT0p7eXuNXVW519QLbUkYphwMFBxlxPJ1YmQ$CsoxLp+VyWJF/s60Ng+BkbDjn3J/0Quz9XYp3VVp40w'

/** A keeper for the whole process. More than can wait are told to come again. */
export function createPasswordKeeper(): PasswordKeeper {
  const seats = createSeats(parallelMax, waitingMax)

  async function inTurn<Value>(work: () => Promise<Value>): Promise<Result<Value, 'too_busy'>> {
    const seat = await seats.take()
    if (seat === undefined) return err('too_busy')
    try {
      return ok(await work())
    } finally {
      seat.leave()
    }
  }

  return {
    hash: (password) => inTurn(() => Bun.password.hash(oneForm(password), costs)),
    isRight: (password, hash) =>
      inTurn(async () => {
        const isRight = await Bun.password.verify(oneForm(password), hash ?? decoy)
        return isRight && hash !== undefined
      }),
  }
}

/** Why a password is not taken: too short, too long, with the name in it, or of a few characters over and over. Nothing else is asked of it. */
export function findPasswordFault(password: string, name: string): PasswordFault | undefined {
  const characters = [...oneForm(password)]
  if (characters.length < passwordCharactersMin) return 'password_short'
  if (characters.length > passwordCharactersMax) return 'password_long'
  const hasName = name.length >= nameCharactersLooked && password.toLowerCase().includes(name)
  return hasName || new Set(characters).size < differentMin ? 'password_plain' : undefined
}

/** The same letters may be written by different characters, by the keyboard of each system (RFC 8265). A long text is cut: it is none of ours. */
function oneForm(password: string): string {
  return password.slice(0, 4 * passwordCharactersMax).normalize('NFC')
}
