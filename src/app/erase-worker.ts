import { answerCalls } from '../base/call.ts'
import { standBack } from '../base/priority.ts'
import { eraseFolder } from './erase.ts'

standBack() // Events go before it.

export type EraseHandlers = typeof handlers

/** The thread of an erasure: it has the store while the consumer's thread has let go of it. */
const handlers = { erase: eraseFolder }

answerCalls(handlers)
