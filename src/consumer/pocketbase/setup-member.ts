import { countOf } from './answer.ts'
import { collectionRules, ruleFor } from './collection.ts'
import { type SetupSession, SetupStop } from './setup-session.ts'

/** Who gets to the runs: the account alone, or on the operator's word every member of its collection. */
export type Admission = { readonly targetCollection: string; readonly admitsMembers: boolean }

/** The account among the members of its auth collection. `id` is absent before it is made. */
export type Account = {
  readonly authCollection: string
  readonly field: 'email' | 'username'
  readonly identity: string
  readonly id?: string
}

/**
 * Stops before anything is changed where the account is not alone: whether the others are an earlier service or strangers who signed up, only the operator
 * knows. A collection that already admits the account alone has nothing to decide.
 */
export async function refuseMembers(
  session: SetupSession,
  account: Account,
  { targetCollection, admitsMembers }: Admission,
): Promise<void> {
  if (admitsMembers) return
  const { authCollection, field, identity, id } = account
  const filter = session.client.bind(`${field} != {:identity}`, { identity })
  const path = `/api/collections/${authCollection}/records`
  const others = countOf(await session.ask('count the members', { method: 'GET', path, query: { filter, perPage: 1, fields: 'id' } })) ?? 0
  if (others === 0) return
  const target = id === undefined ? undefined : await session.find(targetCollection)
  if (target !== undefined && collectionRules.every((rule) => target[rule] === ruleFor(authCollection, id))) return
  const members = others === 1 ? 'one other member, who' : `${others} other members, who`
  const message =
    `${authCollection} has ${members} could list, change and delete every run if the collection were admitted. Nothing was changed. ` +
    'Set PB_AUTH_COLLECTION to a new name, which becomes a collection of its own; or remove them in PocketBase; ' +
    'or run the setup with --admit-members where they are meant to have all that.'
  throw new SetupStop({ code: 'members_present', message })
}
