import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { AddRuleFault, AlertDesk, RemoveRuleFault, RuleFacts } from '../../alert/alert-desk.ts'
import type { NewRule } from '../../alert/rule.ts'
import { answerControl, guardControl, partOf, readControl } from './control-answer.ts'

export type { AddRuleFault, AlertDesk, NewRule, RemoveRuleFault, RuleFacts }

const minutes = Type.Optional(Type.Number())
/** The shapes of requests; whether their values are right is decided where rules are made. */
const NewRuleBody = Type.Object(
  {
    ...{
      kind: Type.String(),
      tenant: Type.Optional(Type.String()),
      source: Type.Optional(Type.String()),
      script: Type.Optional(Type.String()),
    },
    ...{ threshold: Type.Optional(Type.Number()), runsMin: Type.Optional(Type.Number()) },
    ...{ windowMin: minutes, holdMin: minutes, cooldownMin: minutes, quiet: Type.Optional(Type.String()) },
  },
  { additionalProperties: false },
)
const MuteBody = Type.Object({ until: Type.Integer({ minimum: 0 }) }, { additionalProperties: false })

/** The control socket's part for the rules of the alerts. */
export function alertRoutesOf(desk: AlertDesk) {
  return {
    '/alerts': {
      GET: guardControl(async () => answerControl(200, await desk.listAlerts())),
      POST: guardControl(async (request) => {
        const wanted = await readControl(request)
        if (!Value.Check(NewRuleBody, wanted)) return answerControl(400, { error: 'not a request for a rule' })
        const made = await desk.addAlert(wanted)
        return made.ok ? answerControl(201, made.value) : answerControl(422, { error: made.fault })
      }),
    },
    '/alerts/:id': {
      POST: guardControl(async (request) => {
        const wanted = await readControl(request)
        if (!Value.Check(MuteBody, wanted)) return answerControl(400, { error: 'not a request to mute' })
        return (await desk.muteAlert(partOf(request, 2), wanted.until))
          ? answerControl(200, {})
          : answerControl(404, { error: 'not_found' })
      }),
      DELETE: guardControl(async (request) => {
        const removed = await desk.removeAlert(partOf(request, 2))
        return removed.ok ? answerControl(200, {}) : answerControl(422, { error: removed.fault })
      }),
    },
    '/alert-test': { POST: guardControl(async () => answerControl(200, { faults: await desk.testAlerts() })) },
  }
}
