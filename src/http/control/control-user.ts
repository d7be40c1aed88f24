import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { OfferedSetup } from '../../access/first-admin.ts'
import type { PasswordFault } from '../../access/password.ts'
import type { NewUser, NewUserFault, UserChange, UserFacts, UserFault } from '../../access/user.ts'
import type { Result } from '../../base/result.ts'
import { answerControl, guardControl, partOf, readControl } from './control-answer.ts'

export type { NewUser, NewUserFault, OfferedSetup, PasswordFault, UserChange, UserFacts, UserFault }

/** What an operator on this machine may ask about users, of every tenant. */
export type UserDesk = {
  createUser(wanted: NewUser): Promise<Result<UserFacts, NewUserFault>>
  listUsers(): Promise<readonly UserFacts[]>
  /** Effective at once. */
  changeUser(name: string, change: UserChange): Promise<Result<UserFacts, UserFault>>
  /** Ends the sessions of the user. */
  setPassword(name: string, password: string): Promise<Result<UserFacts, UserFault | PasswordFault | 'too_busy'>>
  removeUser(name: string): Promise<Result<UserFacts, UserFault>>
  /** A new link in place of the one before; undefined once there is an admin. */
  offerSetup(): Promise<OfferedSetup | undefined>
}

const role = Type.Union([Type.Literal('viewer'), Type.Literal('maintainer'), Type.Literal('admin')])
/** The shapes of requests; whether their values are right is decided where users are made. */
const NewUserBody = Type.Object(
  { name: Type.String(), role, tenant: Type.String(), password: Type.String() },
  { additionalProperties: false },
)
const ChangeBody = Type.Union([
  Type.Object({ role }, { additionalProperties: false }),
  Type.Object({ isDisabled: Type.Boolean() }, { additionalProperties: false }),
])
const PasswordBody = Type.Object({ password: Type.String() }, { additionalProperties: false })

/** The control socket's part for users. */
export function userRoutesOf(desk: UserDesk) {
  return {
    '/users': {
      GET: guardControl(async () => answerControl(200, await desk.listUsers())),
      POST: guardControl(async (request) => {
        const wanted = await readControl(request)
        return Value.Check(NewUserBody, wanted) ? answerResult(await desk.createUser(wanted)) : unreadable()
      }),
    },
    '/users/:name': {
      POST: guardControl(async (request) => {
        const change = await readControl(request)
        return Value.Check(ChangeBody, change) ? answerResult(await desk.changeUser(partOf(request, 2), change)) : unreadable()
      }),
      DELETE: guardControl(async (request) => answerResult(await desk.removeUser(partOf(request, 2)))),
    },
    '/users/:name/password': {
      POST: guardControl(async (request) => {
        const body = await readControl(request)
        return Value.Check(PasswordBody, body) ? answerResult(await desk.setPassword(partOf(request, 2), body.password)) : unreadable()
      }),
    },
    '/setup-link': { POST: guardControl(async () => answerControl(200, { setup: await desk.offerSetup() })) },
  }
}

function answerResult(result: Result<UserFacts, string>): Response {
  return result.ok ? answerControl(200, result.value) : answerControl(422, { error: result.fault })
}

function unreadable(): Response {
  return answerControl(400, { error: 'not a request about users' })
}
