import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Codes and keys in addresses that open something to whoever has them: of OAuth, of APIs, of links that reset a password or invite. Only what is long and random. */
export const urlSecret: Recognizer = {
  name: 'url-secret',
  type: 'API_KEY',
  isWeighed: true,
  label: '<secret>',
  anchors: [
    ...['?code=', '&code=', 'appid=', 'app_id=', '?key=', '&key=', '?t=', '&t=', '?k=', '&k=', '&hash=', '?hash=', '?auth=', '&auth='],
    ...[
      '?s=',
      '&s=',
      'ticket=',
      'invite=',
      'invitation=',
      '?otp=',
      '&otp=',
      'confirm=',
      'confirmation=',
      'verify=',
      'activation=',
      '&nonce=',
    ],
    ...[
      '/reset',
      '/invit',
      '/activat',
      '/confirm',
      '/verify',
      '/magic',
      '/webhook',
      '/hooks/',
      '/share/',
      '/unsubscribe/',
      '/join/',
      '/signup/',
    ],
  ],
  find: findUrlSecret,
  examples: {
    hidden: [
      ['/cb?code=4/0Amn6NPp4pAyFShAxvNnLYz&state=x', '/cb?code=<secret>&state=x'],
      ['/w?q=x&appid=4748ac932f5276a2ad8e64d638173517', '/w?q=x&appid=<secret>'],
      ['/w?key=4748ac932f5276a2ad8e64d638173517&x', '/w?key=<secret>&x'],
      ['/reset?t=Hn7xQzR3kLm9PbT2vWc5', '/reset?t=<secret>'],
      ['/password/reset/Hn7xQzR3kLm9PbT2vWc5 x', '/password/reset/<secret> x'],
      ['/invite/Hn7xQzR3kLm9PbT2vWc5', '/invite/<secret>'],
      ['/webhook/Hn7xQzR3kLm9PbT2vWc5', '/webhook/<secret>'],
    ],
    kept: [
      '/cb?code=400&x=1',
      '/x?key=primary-colour-of-the-page',
      '/app.js?hash=4f9a1c2b4f9a1c2b4f9a1c2b',
      '/x?t=1732970000000000',
      '/x?s=large-image-of-a-house-2',
      '/activate/account-of-the-month-2024',
      '/verify/0d3f8b1e-6c2a-4f5d-9e7b-1a2b3c4d5e6f',
      '/api/webhook/v2/deployments',
      '/share/doc/README.md',
    ],
  },
}

const parameter =
  /(?:[?&])?(?:code|app_?id|key|[tks]|hash|auth|ticket|invite|invitation|otp|confirm|confirmation|verify|activation|nonce)=/iy
const folder =
  /\/(?:reset(?:-?password)?|invit(?:e|ation)s?|activat(?:e|ion)|confirm(?:ation)?|verify|magic(?:-?link)?|webhooks?|hooks|share|unsubscribe|join|signup)\/(?:\d{1,20}\/)?/iy
/** Signs of all three kinds, or many of hexadecimal digits: matches `Hn7xQzR3kLm9PbT2`, `4748ac932f52…`; must not match a UUID, words or numbers. */
const random =
  /(?![\da-f]{8}-[\da-f]{4}-)(?:(?=[\w/.%~-]{0,32}\d)(?=[\w/.%~-]{0,32}[a-z])(?=[\w/.%~-]{0,32}[A-Z])[\w/.%~-]{16,512}|(?=[a-f]{0,24}\d)(?=\d{0,24}[a-f])[\da-f]{24,128})={0,2}(?![\w/.-])/y
const ofFile = /\.(?:js|css|png|jpe?g|svg|woff2?|map|ico|gif|webp)\?[^\s]{0,64}$/i
const linkPart =
  /(?![\da-f]{8}-[\da-f]{4}-)(?:(?=[\w-]{0,24}\d)(?=[\w-]{0,24}[a-z])(?=[\w-]{0,24}[A-Z])[\w-]{16,256}|(?=[a-f]{0,24}\d)(?=\d{0,24}[a-f])[\da-f]{24,128})(?![\w.-])/y

function findUrlSecret(text: string, at: number): readonly Match[] {
  const isFolder = text[at] === '/'
  const start = endAt(isFolder ? folder : parameter, text, at)
  if (start < 0) return none
  if (!isFolder && ofFile.test(text.slice(Math.max(0, at - 72), at + 1))) return none
  const end = endAt(isFolder ? linkPart : random, text, start)
  return end < 0 ? none : [{ start, end }]
}
