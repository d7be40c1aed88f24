import { asObject, memberOf } from './answer.ts'
import type { PocketBaseAccess } from './client.ts'
import { ruleFor } from './collection.ts'
import { type Account, type Admission, refuseMembers } from './setup-member.ts'
import { type SetupSession, SetupStop } from './setup-session.ts'

/** Makes sure that the auth collection and the account exist, and that nobody can sign up to it. Gives the rule that admits whom it may. */
export async function setUpAccount(session: SetupSession, access: PocketBaseAccess, admission: Admission): Promise<string | null> {
  const { authCollection, identity, password } = access
  if (authCollection === '_superusers') return ruleFor(authCollection) // An account with every right is made by its owner alone.
  const existing = await session.find(authCollection)
  const account: Account = { authCollection, identity, field: isMail(identity) ? 'email' : 'username' }
  let id: string | undefined
  if (existing === undefined) await createAuthCollection(session, access)
  else {
    if (!isMail(identity)) refuseNameWithoutField(existing, authCollection)
    id = await findAccount(session, account)
    await refuseMembers(session, { ...account, ...(id !== undefined && { id }) }, admission)
    if (existing['createRule'] !== null) await closeSignUp(session, authCollection)
  }
  id ??= await createAccount(session, account, password)
  return admission.admitsMembers ? ruleFor(authCollection) : ruleFor(authCollection, id)
}

async function createAuthCollection(session: SetupSession, { authCollection, identity }: PocketBaseAccess): Promise<void> {
  const collection = isMail(identity) ? {} : signInByName(authCollection)
  const onlySelf = 'id = @request.auth.id'
  const rules = { listRule: onlySelf, viewRule: onlySelf, createRule: null, updateRule: null, deleteRule: null }
  const body = JSON.stringify({ name: authCollection, type: 'auth', ...rules, ...collection })
  await session.ask('create the auth collection', { method: 'POST', path: '/api/collections', body })
  session.changes.push(`Created the auth collection ${authCollection}; accounts are made by superusers alone.`)
}

/** A collection that PocketBase made knows mail addresses alone, and says no more than that the look-up failed. */
function refuseNameWithoutField(existing: Readonly<Record<string, unknown>>, authCollection: string): void {
  const signsInBy = asObject(existing['passwordAuth'])['identityFields']
  if (Array.isArray(signsInBy) && signsInBy.includes('username')) return
  const message = `PB_IDENTITY is a user name, but ${authCollection} does not sign in by username: set PB_IDENTITY to a mail address, or set PB_AUTH_COLLECTION to a collection that does (a new name is made so).`
  throw new SetupStop({ code: 'account_refused', message })
}

/** PocketBase signs in by mail address unless told otherwise. */
function signInByName(authCollection: string) {
  return {
    fields: [
      { name: 'username', type: 'text', max: 100, required: true },
      { name: 'email', type: 'email', required: false, system: true },
    ],
    indexes: [
      `CREATE UNIQUE INDEX \`idx_${authCollection}_username\` ON \`${authCollection}\` (\`username\`)`,
      `CREATE UNIQUE INDEX \`idx_${authCollection}_email\` ON \`${authCollection}\` (\`email\`) WHERE \`email\` != ''`,
      `CREATE UNIQUE INDEX \`idx_${authCollection}_token\` ON \`${authCollection}\` (\`tokenKey\`)`,
    ],
    passwordAuth: { enabled: true, identityFields: ['username'] },
  }
}

async function closeSignUp(session: SetupSession, authCollection: string): Promise<void> {
  const body = JSON.stringify({ createRule: null })
  await session.ask('close the sign-up', { method: 'PATCH', path: `/api/collections/${authCollection}`, body })
  session.changes.push(`Closed the sign-up of ${authCollection}: whoever signs up there could read every run.`)
}

async function findAccount(session: SetupSession, { authCollection, field, identity }: Account): Promise<string | undefined> {
  const filter = session.client.bind(`${field} = {:identity}`, { identity })
  const path = `/api/collections/${authCollection}/records`
  const found = await session.ask('look for the account', { method: 'GET', path, query: { filter, perPage: 1, fields: 'id' } })
  const [account] = Array.isArray(found['items']) ? found['items'] : []
  return account === undefined ? undefined : idOf(account)
}

async function createAccount(session: SetupSession, { authCollection, field, identity }: Account, password: string): Promise<string> {
  const body = JSON.stringify({ [field]: identity, password, passwordConfirm: password, verified: true })
  const made = await session.ask('create the account', { method: 'POST', path: `/api/collections/${authCollection}/records`, body })
  session.changes.push(`Created the account of PB_IDENTITY in ${authCollection}.`)
  return idOf(made)
}

/** Empty for a setup that only looks: what it would make has no id yet. */
function idOf(record: unknown): string {
  return String(memberOf(record, 'id') ?? '')
}

function isMail(identity: string): boolean {
  return identity.includes('@')
}
