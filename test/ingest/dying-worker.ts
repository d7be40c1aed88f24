import { answerCalls } from '../../src/base/call.ts'

/** A preparing thread that dies over its first parcel. */
answerCalls({
  open: () => undefined,
  prepare: () => process.exit(3),
})
