import { Message, type MessageView } from '../page/access/message.tsx'
import { answerPage } from './answer.ts'

/** Why a page or a form is not answered as asked. */
export type PageRefusal = 'not_permitted' | 'form_foreign' | 'form_unreadable' | 'gone' | 'link_over' | 'too_busy' | 'too_many'

type Meaning = { readonly status: number; readonly view: MessageView; readonly retrySeconds?: number }

const home = { href: '/', text: 'Start page' } as const

const meanings: Readonly<Record<PageRefusal, Meaning>> = {
  not_permitted: {
    status: 403,
    view: {
      title: 'Not permitted',
      text: 'Your role does not allow this. An admin can change it.',
      link: { href: '/account', text: 'Your account' },
    },
  },
  form_foreign: {
    status: 403,
    view: {
      title: 'This form is out of date',
      text: 'It was not sent from a page that this browser got from here, or the session it belongs to is over. Open the page again and send it once more.',
      link: home,
    },
  },
  form_unreadable: {
    status: 400,
    view: { title: 'Nothing was changed', text: 'The form did not arrive whole. Send it once more.', link: home },
  },
  gone: { status: 404, view: { title: 'Not found', text: 'What this is about is not there any more.', link: home } },
  link_over: {
    status: 404,
    view: {
      title: 'This link opens nothing any more',
      text: 'A setup link works once, for 30 minutes, and only while there is no admin. On the server, telemetry-service user setup-link makes a new one.',
      link: { href: '/sign-in', text: 'Sign in' },
    },
  },
  too_busy: {
    status: 503,
    view: {
      title: 'Busy',
      text: 'Too many people sign in at this moment. Try again in a few seconds.',
      link: { href: '/sign-in', text: 'Sign in' },
    },
    retrySeconds: 5,
  },
  too_many: {
    status: 429,
    view: {
      title: 'Too many tries at once',
      text: 'Several tries from your address still wait for their answer. Try again in a few seconds.',
      link: { href: '/sign-in', text: 'Sign in' },
    },
    retrySeconds: 15,
  },
}

/** A page that says why not, with its status. */
export function refusePage(refusal: PageRefusal): Response {
  const { status, view, retrySeconds } = meanings[refusal]
  const headers = { 'Cache-Control': 'no-store', ...(retrySeconds !== undefined && { 'Retry-After': String(retrySeconds) }) }
  return answerPage(status, Message({ view }), headers)
}
