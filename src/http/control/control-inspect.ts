import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { PartView } from '../../page/system/system-view.ts'
import { answerControl, guardControl, readControl } from './control-answer.ts'

/** Settings by their names in camelCase, as they may be shown: of a secret only whether it is there. */
export type ShownSettings = Readonly<Record<string, unknown>>

/** Who may see all of PocketBase; asked for once and not stored. */
export type Superuser = { readonly identity: string; readonly password: string }

/** What a service tells of how it is set, to whoever looks for what is wrong. */
export type InspectDesk = {
  /** What it runs with, whatever the environment of the command says. */
  readSettings(): Promise<ShownSettings>
  /** How it gets on with PocketBase, mail server, webhook and GitHub, which takes its secrets. Sends no message. */
  examineOutside(superuser?: Superuser): Promise<readonly PartView[]>
}

const Body = Type.Object(
  { superuser: Type.Optional(Type.Object({ identity: Type.String(), password: Type.String() }, { additionalProperties: false })) },
  { additionalProperties: false },
)

/** The control socket's part for looking at the service. */
export function inspectRoutesOf(desk: InspectDesk) {
  return {
    '/settings': { GET: guardControl(async () => answerControl(200, await desk.readSettings())) },
    '/examination': {
      POST: guardControl(async (request) => {
        const wanted = await readControl(request)
        if (!Value.Check(Body, wanted)) return answerControl(400, { error: 'not a request to examine' })
        return answerControl(200, await desk.examineOutside(wanted.superuser))
      }),
    },
  }
}
