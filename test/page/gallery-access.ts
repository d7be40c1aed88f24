import type { SignedIn } from '../../src/page/access/access-page.tsx'
import { AccountPage, type AccountView } from '../../src/page/access/account.tsx'
import { AuditPage, type AuditView } from '../../src/page/access/audit.tsx'
import { KeysPage, type KeysView } from '../../src/page/access/keys.tsx'
import { Message } from '../../src/page/access/message.tsx'
import type { SessionLine } from '../../src/page/access/session-table.tsx'
import { SetupPage } from '../../src/page/access/setup.tsx'
import { SignInPage } from '../../src/page/access/sign-in.tsx'
import { UsersPage, type UsersView } from '../../src/page/access/users.tsx'
import type { Href } from '../../src/page/address.ts'
import { sampleFrame } from './sample-view.ts'

const token = 'm3S0x1nQ2wErTyUiOpAsDfGhJkLzXcVbNm_-0123456'
const looked = { theme: 'auto', path: '/sign-in?next=%2F' } as const
const action = '/setup/AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKK' as const

/** The pages about access with sample views. `text` stands wherever a text comes from outside. */
export function accessPages(text: string | undefined = undefined): Readonly<Record<string, string>> {
  const say = (plain: string) => text ?? plain
  return {
    'sign-in': SignInPage({ view: { token, looked, next: '/records?status=failed' } }),
    'sign-in-refused': SignInPage({
      view: { token, looked, next: '/', name: say('ada'), fault: 'The name or the password is not right.' },
    }),
    setup: SetupPage({ view: { action, token, theme: 'auto' } }),
    'setup-refused': SetupPage({
      view: { action, token, theme: 'dark', name: say('ada'), fault: 'A password has at least 12 characters.' },
    }),
    account: AccountPage({ view: accountView(say) }),
    'account-of-key': AccountPage({
      view: { ...accountView(say), signedIn: { ...signedInAt('/account', say), isAdmin: false }, isUser: false, right: 'read' },
    }),
    users: UsersPage({ view: usersView(say) }),
    keys: KeysPage({ view: keysView(say) }),
    'keys-made': KeysPage({
      view: { ...keysView(say), keys: [], made: { id: 'AAAABBBBCCCC', key: `ts_r_AAAABBBBCCCC_${'d'.repeat(43)}` } },
    }),
    audit: AuditPage({ view: auditView(say) }),
    message: Message({
      view: {
        title: say('Not permitted'),
        text: say('Your role does not allow this.'),
        link: { href: '/account', text: say('Your account') },
      },
    }),
  }
}

type Say = (plain: string) => string

function signedInAt(path: Href, say: Say): SignedIn {
  const { milliseconds, asOf } = sampleFrame(path).made
  const name = say('ada@example.org')
  const viewer = { name, signOut: { action: '/sign-out', token } } as const
  return { name, isAdmin: true, token, frame: { ...sampleFrame(path), viewer, made: { milliseconds, asOf } } }
}

function sessionLines(say: Say): readonly SessionLine[] {
  const times = { begun: '2026-03-01 09:00', seen: '2026-03-01 12:34', ends: '2026-03-31 09:00' }
  return [
    { id: 'AAAABBBBCCCC', owner: say('ada@example.org'), way: 'password', ...times, isThisOne: true },
    { id: 'DDDDEEEEFFFF', owner: say('grafana'), way: 'key', ...times, isThisOne: false },
  ]
}

function accountView(say: Say): AccountView {
  return {
    signedIn: signedInAt('/account', say),
    right: 'admin',
    tenant: 'default',
    isUser: true,
    sessions: sessionLines(say),
  }
}

function usersView(say: Say): UsersView {
  return {
    signedIn: signedInAt('/users', say),
    users: [
      { name: say('ada@example.org'), role: 'admin', made: '2026-03-01', sessions: '1 session', isDisabled: false },
      { name: say('grace'), role: 'viewer', made: '2026-03-01', sessions: '0 sessions', isDisabled: true },
    ],
    sessions: sessionLines(say),
    done: 'The user is made and can sign in.',
  }
}

function auditView(say: Say): AuditView {
  const at = '2026-03-01 12:34:56'
  return {
    signedIn: signedInAt('/audit', say),
    lines: [
      {
        at,
        actor: { id: 'user:4fK2mQ81xYz0', name: say('ada@example.org') },
        act: 'key create',
        subject: { id: 'Ab12Cd34Ef56', name: say('grafana') },
        count: '1',
      },
      { at, actor: { id: 'nobody' }, act: 'rate limit', subject: { id: say('rate') }, count: '1,204' },
    ],
    older: '/audit?before=17',
  }
}

function keysView(say: Say): KeysView {
  const key = { scope: 'read', made: '2026-03-01 09:00', used: 'never', label: say('grafana') }
  return {
    signedIn: signedInAt('/keys', say),
    keys: [
      { ...key, id: 'AAAABBBBCCCC', state: 'valid until revoked', isLive: true },
      { ...key, id: 'DDDDEEEEFFFF', state: 'revoked 2026-03-01', isLive: false },
    ],
  }
}
