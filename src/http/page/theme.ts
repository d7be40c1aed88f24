import { readTheme, type Theme, themeCookie } from '../../page/frame/theme.ts'
import { readOwnPath } from '../access/next-path.ts'
import { answerRedirect } from '../answer.ts'
import { readFormText } from '../guard/form.ts'
import type { Identity } from '../guard/identity.ts'
import { refusePage } from '../refuse-page.ts'
import type { Route } from '../route.ts'

/** How long a browser remembers how pages shall look. */
const themeSeconds = 365 * 86_400

/** `POST /theme`: the switch on top of each page. It needs no token: that pages look dark is all that another site could bring about. */
export function themeRoute(identity: Pick<Identity, 'isSecure'>): Route {
  return {
    method: 'POST',
    path: '/theme',
    handle: async (request, { peer }) => {
      const text = await readFormText(request)
      if (text === undefined) return refusePage('form_unreadable')
      const fields = new URLSearchParams(text)
      const theme = readTheme(fields.get('theme') ?? undefined)
      return answerRedirect(readOwnPath(fields.get('back')), [writeTheme(theme, identity.isSecure(request, peer))])
    },
  }
}

function writeTheme(theme: Theme, isSecure: boolean): string {
  const age = theme === 'auto' ? 0 : themeSeconds
  return `${themeCookie}=${theme}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
}

/** The theme that the browser remembers. */
export function themeOf({ headers }: Pick<Request, 'headers'>): Theme {
  const found = new RegExp(`(?:^|;)\\s*${themeCookie}=([a-z]{1,8})(?:;|$)`).exec(headers.get('cookie') ?? '')
  return readTheme(found?.[1])
}
