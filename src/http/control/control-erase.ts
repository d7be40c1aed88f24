import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { answerControl, guardControl, readControl } from './control-answer.ts'

/** Which runs are to go. */
export type EraseQuestion = { readonly tenant: string; readonly randomId: string }

export type EraseDesk = {
  /** Resolves when it is done here. Nothing tells whether there was anything. */
  eraseRuns(question: EraseQuestion): Promise<void>
}

const Body = Type.Object(
  { tenant: Type.String({ maxLength: 64 }), randomId: Type.String({ minLength: 1, maxLength: 512 }) },
  { additionalProperties: false },
)

/** The control socket's part for erasures. */
export function eraseRoutesOf(desk: EraseDesk) {
  return {
    '/erasures': {
      POST: guardControl(async (request) => {
        const wanted = await readControl(request)
        if (!Value.Check(Body, wanted)) return answerControl(400, { error: 'not a request to erase' })
        await desk.eraseRuns(wanted)
        return answerControl(200, {})
      }),
    },
  }
}
