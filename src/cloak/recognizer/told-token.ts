import { blank, colon, isIn, letter } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Tokens and keys that a message names behind a few words: `token expired: 39d8…`, `Incorrect API key provided: …`. Only what is long and random. */
export const toldToken: Recognizer = {
  name: 'told-token',
  type: 'API_KEY',
  isWeighed: true,
  label: '<secret>',
  anchors: ['api key ', 'api-key ', 'api_key ', 'access key ', 'api-schl', 'apikey '],
  signs: [{ sign: 'token', after: [blank | colon] }],
  find: findToldToken,
  examples: {
    hidden: [
      ['token expired: 39d857396db15088cf787401', 'token expired: <secret>'],
      ['invalid token 39d857396db15088cf787401', 'invalid token <secret>'],
      ["using token '39d857396db15088cf787401'", "using token '<secret>'"],
      ['Incorrect API key provided: 39d857396db15088cf787401', 'Incorrect API key provided: <secret>'],
      ['API key not valid (Hn7xQzR3kLm9PbT2vWc5)', 'API key not valid (<secret>)'],
      ['Token abgelaufen: 39d857396db15088cf787401', 'Token abgelaufen: <secret>'],
    ],
    kept: [
      'token sha256 of the file',
      'token expired: 2024-11-30T10:00:00Z',
      'token is identifierNumber2OfTheParser()',
      'token 0d3f8b1e-6c2a-4f5d-9e7b-1a2b3c4d5e6f',
      'unexpected token src/lib/auth/Provider2',
      'api key provided by the user',
      'token count: 123456789012345678901234',
    ],
  },
}

const told =
  /(?:token|api[ _-]?key|access key|api-schlüssel)(?:[ \t](?!sha|md5)[a-zäöüß]{2,12}){0,3}[ \t]{0,2}[:= ][ \t]{0,2}["'`(„»]?((?=[a-f]{0,24}\d)(?=\d{0,24}[a-f])[\da-f]{24,128}|(?=[\w-]{0,24}\d)(?=[\w-]{0,24}[a-z])(?=[\w-]{0,24}[A-Z])(?=[\w-]{0,24}\d[\w-]{0,24}\d)[\w-]{20,512})(?![\w./:+(=-])/diy
const uuid = /^[\da-f]{8}-[\da-f]{4}-/i

function findToldToken(text: string, at: number): readonly Match[] {
  if (text.startsWith('token', at) && (isIn(text, at - 1, letter) || !isIn(text, at + 'token'.length, blank | colon))) return none
  told.lastIndex = at
  const place = told.exec(text)?.indices?.[1]
  return place === undefined || uuid.test(text.slice(...place)) ? none : [{ start: place[0], end: place[1] }]
}
