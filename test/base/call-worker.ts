import { answerCalls, sendNotice } from '../../src/base/call.ts'

const handlers = {
  double: (n: number) => n * 2,
  fail: () => {
    throw new RangeError('too far')
  },
  notice: (text: string) => sendNotice(text),
  die: () => {
    process.exit(3)
  },
  crash: () => {
    setImmediate(() => {
      throw new Error('out of the loop')
    })
  },
}

export type TestHandlers = typeof handlers

answerCalls(handlers)
