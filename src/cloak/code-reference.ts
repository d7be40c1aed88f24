/** What programs, templates and settings call the things that values come from. */
const roots =
  'var|local|module|each|self|this|req|request|res|response|form|settings|config|cfg|conf|ctx|context|opts|options|args|argv|params|props|state|users?|account|session|body|env|event|payload|input|inputs|secrets|vars|values|github|steps|needs|matrix|kwargs|credentials|creds|auth|data|record|row|item|obj|model|process|os|headers|query'
/** A name of code and its parts: matches `var.mail_user`, `user.id`, `req.hostname`, `data.x.y["z`, `form.username.trim(`; must not match `data.lan`, `user.max7.x`. */
const reference = new RegExp(
  `^(?:(?:${roots})(?:\\??\\.[a-zA-Z_$][\\w$]*)+(?:[\\[(?!][^\\s]*)?|(?:${roots})\\[[^\\s]*|[a-zA-Z_$][\\w$.]{0,64}\\([^\\s]*)$`,
)
const keywords = new Set('await new async function return typeof lambda yield'.split(' '))
/** Endings that machines have; a name of code with one of these is taken for a machine. */
const ofMachine = /\.(?:lan|local|localdomain|internal|intern|intra|home|corp|box|test|com|net|org|de|eu|io|dev|example)$/i

/** Whether what stands behind a label without quotes is a name of code, which says where a value comes from and is none. */
export function isReference(text: string, start: number, end: number): boolean {
  if (start > 0 && '"\'`'.includes(text[start - 1] ?? ' ')) return false
  const value = text.slice(start, end)
  if (!/[.([]/.test(value)) return keywords.has(value)
  return reference.test(value) && !ofMachine.test(value)
}
