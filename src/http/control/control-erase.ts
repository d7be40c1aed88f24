import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { Result } from '../../base/result.ts'
import type { GivenIdFault } from '../../event/given-id.ts'
import { answerControl, guardControl, readControl } from './control-answer.ts'

/** Which runs are to go. */
export type EraseQuestion = { readonly tenant: string; readonly randomId: string }

export type EraseDesk = {
  /** Resolves when it is done here. Nothing tells whether there was anything; an id that no client can have sent is refused. */
  eraseRuns(question: EraseQuestion): Promise<Result<void, GivenIdFault>>
}

export type { GivenIdFault }

const Body = Type.Object({ tenant: Type.String({ maxLength: 64 }), randomId: Type.String() }, { additionalProperties: false })

/** The control socket's part for erasures. */
export function eraseRoutesOf(desk: EraseDesk) {
  return {
    '/erasures': {
      POST: guardControl(async (request) => {
        const wanted = await readControl(request)
        if (!Value.Check(Body, wanted)) return answerControl(400, { error: 'not a request to erase' })
        const erased = await desk.eraseRuns(wanted)
        return erased.ok ? answerControl(200, {}) : answerControl(422, { error: erased.fault })
      }),
    },
  }
}
