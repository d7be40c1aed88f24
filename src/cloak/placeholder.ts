/** What stands in place of a value that was left out: matches `[Filtered]`, `(hidden)`, `***`, `[REDACTED:api-key]`, `•••••`. */
const masked =
  /^(?:[[({<]{1,2}(?:filtered|redacted|hidden|masked|removed|omitted|stripped|sensitive|secret|protected|private|unset|empty|none|not[ _-](?:set|shown)|entfernt|verborgen|geschwärzt)\b[^\])}>\n]{0,40}[\])}>]{0,2}|[[(<]?[*•●…]+[\])>]?|[*xX#•●…._-]{3,})$/i
/** What manuals and samples put in the place of a value: matches `<db-password>`, `{token}`, `your-api-key`, `password_here`, `put your key here`, `AKIAXXXXXXXXXXXXXXXX`. */
const filledIn =
  /^(?:<\/?[a-z][a-z _.:/-]{0,60}>?|\{[a-z][a-z_.-]{0,40}\}|(?:your|generate|insert|enter|put|choose|replace|set|some|my)[-_ ](?:your|a|an|the|me|with|own|unique|secure|strong|random|secret|password|passwort|api|token|key|user|name|value|here|db|database|access|client|app)\b.*|[\w-]{2,40}[-_](?:here|goes-here|placeholder)|[A-Z]{2,8}[-_]?X{6,}|foobared)$/i
/** Where a program takes a value from: matches `env:S3_SECRET`, `@Microsoft.KeyVault(…`, `$__vault{kv/…`, `op://vault/item`, `vault:secret/db#pw`. */
const fetched =
  /^(?:env:[A-Z_]|@Microsoft\.KeyVault\(|\$__\w{2,12}\{|op:\/\/|vault:[\w/.-]+#|ref\+\w+:\/\/|arn:aws|secretref:|file:\/\/|dword:[\da-f]{8}$|!\w+ )/i

/** Whether a value is none: a mask, a placeholder, or the place that a program takes it from. */
export function isPlaceholder(value: string): boolean {
  return masked.test(value) || filledIn.test(value) || fetched.test(value) || !/[\p{L}\p{N}]/u.test(value)
}

/** What a placeholder in angle brackets is called after: matches `smtp-user`, `username`, `your host`; must not match `max7`. */
const calledAfter =
  /(?:^|[-_ ])(?:user|username|name|login|host|hostname|server|db|admin|your|my|account|id|email|password|domain|base64|value)(?:$|[-_ ])/i
const bracketReach = 48

/** Whether what stands from `start` to `end` is in angle brackets and called after what belongs there: `<smtp-user>`, `<base64 of the user>`. */
export function isInPlaceholder(text: string, start: number, end: number): boolean {
  if (text[start - 1] !== '<' || /\d/.test(text.slice(start, end).replace('base64', ''))) return false
  const close = text.indexOf('>', end)
  return close >= 0 && close - start <= bracketReach && calledAfter.test(text.slice(start, close))
}
