import { answerCalls } from '../../base/call.ts'
import type { WishDefaults } from './wish.ts'
import { type DocxTask, type Task, work, workDocx } from './work.ts'

/** What the cloaking thread answers. */
export type CloakHandlers = typeof handlers

export type ThreadSettings = { readonly defaults: WishDefaults; readonly pseudonymKey: Uint8Array }

let settings: ThreadSettings | undefined

const saltBytes = 32
const salt = (): Uint8Array => crypto.getRandomValues(new Uint8Array(saltBytes))

/** The cloaking thread: reads and answers what would hold up the thread that serves requests. It keeps nothing of what it read. */
const handlers = {
  open(given: ThreadSettings): void {
    settings = given
  },
  async work({ task, bytes }: { readonly task: Task; readonly bytes: Uint8Array }) {
    const { defaults, keys } = opened()
    const worked = await work(task, bytes, defaults, keys)
    collectAfter(bytes.length)
    return worked
  },
  async workDocx(task: DocxTask) {
    const { defaults, keys } = opened()
    const worked = await workDocx(task, defaults, keys)
    collectAfter(longBytes) // Whatever it is packed to.
    return worked
  },
}

/** Bytes of bodies, one long one or many, after which their garbage is collected: left to itself the heap grows by some 20 MB with each of several long texts. */
const longBytes = 256 * 1024
/** Bodies below it leave less than the pauses cost: a tenth of the rate, and twice the slowest answer. */
const shortBytes = 4 * 1024
let uncollected = 0

/** Once the answer is on its way. */
function collectAfter(bytes: number): void {
  if (bytes < shortBytes) return
  uncollected += bytes
  if (uncollected < longBytes) return
  uncollected = 0
  setTimeout(() => Bun.gc(true), 0)
}

function opened() {
  if (settings === undefined) throw new Error('the thread has no settings')
  return { defaults: settings.defaults, keys: { salt, pseudonymKey: settings.pseudonymKey } }
}

answerCalls(handlers)
