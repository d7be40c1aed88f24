import { isIn, isSign, runLeft, word } from './character.ts'
import { matchesAt } from './pattern.ts'
import { isOneOf, makeWordSet } from './word-set.ts'

/** How far to either side of a name words are looked for. */
const contextReach = 48

/** The last words of those that the patterns below know. */
const lastWords = makeWordSet([
  ...['lookup', 'enotfound', 'eai_again', 'nslookup', 'dig', 'ping', 'ping6', 'traceroute', 'whois', 'trying', 'resolving', 'resolve'],
  ...['resolves', 'host', 'hosts', 'hostname', 'hostnames', 'name', 'names', 'domain', 'domains', 'address', 'find', 'tcp', 'udp', 'for'],
  ...['tcp4', 'udp4', 'tcp6', 'udp6', 'to', 'from', 'with', 'dns', 'cn', 'sni', 'subject', 'altname', 'of', 'live', 'archive', 'server'],
  ...['servers', 'servername', 'vhost', 'upstream', 'proxy', 'site', 'fqdn', 'nameserver', 'ssh', 'telnet', 'mx', 'ns'],
  ...['econnrefused', 'econnreset', 'etimedout', 'ehostunreach', 'enetunreach', 'econnaborted', 'epipe', 'ehostdown'],
])
const gapReach = 8

/** Whether what stands behind a name may speak of a host: matches `: no`, `': `, `:443`; must not match `:12:34`, `", line`. */
const colonBehind = /["'`’)]{0,2}:(?: |\d{2,5}(?![\w:.]))/y

/** A cheap first look: whether a word that may speak of a host ends before the name, or a colon with a blank or port stands behind it. */
export function mayBeCalledHost(text: string, start: number, end: number): boolean {
  return isBeforeColon(text, end) || isBehindLastWord(text, start)
}

function isBeforeColon(text: string, end: number): boolean {
  return isSign(text, end, ':"\'`’)') && matchesAt(colonBehind, text, end)
}

function isBehindLastWord(text: string, start: number): boolean {
  let wordEnd = start
  while (start - wordEnd < gapReach && wordEnd > 0 && !isIn(text, wordEnd - 1, word)) wordEnd -= 1
  if (wordEnd === start) return false
  if (isSign(text, start - 1, '@.')) return true
  return isOneOf(lastWords, text, runLeft(text, wordEnd, word, lastWords.lengthMax + 1), wordEnd)
}

/** Whether the words around a dotted name say that it is a host; of what may be a file they must leave no doubt. */
export function isCalledHost(text: string, start: number, end: number, isFile: boolean): boolean {
  if (isBehindLastWord(text, start)) {
    const before = text.slice(Math.max(0, start - contextReach), start)
    if (resolverBefore.test(before) || (!isFile && hostBefore.test(before))) return true
  }
  return isBeforeColon(text, end) && (matchesAt(resolverBehind, text, end) || (!isFile && matchesAt(portBehind, text, end)))
}

/** Behind these only a host can stand: matches `certificate for `, `lookup `, `live/`; must not match `waiting for `, `look up `. */
const resolverBefore = new RegExp(
  `(?:${[
    '(?<![a-z])(?:lookup|enotfound|eai_again|nslookup|dig|ping6?|traceroute|whois|trying|resolving|resolves?)',
    '(?:resolve|look ?up|find|resolving|unknown|to|bad)(?: the)? (?:host(?: ?name)?|domain|address)(?: name| address)?',
    'server can.?t find',
    'dial (?:tcp|udp)[46]?(?: lookup)?',
    'certificates?(?: is| was)?(?: not| only)?(?: valid)? for(?: the)?(?: domain| host(?: ?name)?)?',
    '(?<![a-z])cert(?:s|ificate)? for',
    '(?<![a-z])valid for',
    '(?<![a-z])(?:connect|connected|connecting|connection) (?:to|from|with)(?: host| server)?',
    'connect e[a-z]{4,16}',
    '(?<![a-z])(?:dns|cn|sni|subject|altname)',
    '(?:record|zone|nameservers?) (?:for|of)',
  ].join('|')})(?:[ \\t]*[:=]|[ \\t])[ \\t]{0,4}\\\\?["'\`‘(\\[<*]{0,2}(?:\\*\\.)?$|(?:letsencrypt|acme|certs?)/(?:live|archive)/$`,
  'i',
)
const resolverBehind =
  /["'`’)]{0,2}: (?:no such host|nxdomain|servfail|name or service not known|temporary failure in name|name does not resolve|unknown host|not found: \d\((?:nxdomain|servfail))/iy

/** Behind these a host is likely: matches `server `, `Host: `; must not match `web-server `. */
const hostBefore =
  /(?<![a-z-])(?:host(?:name)?s?|servers?|server[_ -]?names?|domains?|vhost|upstream|proxy|site|fqdn|nameserver|ssh|telnet|mx|ns)(?:[ \t]*[:=]|[ \t])[ \t]{0,4}\\?["'`‘([<]{0,2}$|@$|(?<![\w.*/])\*\.$/i
const portBehind = /:\d{2,5}(?![\w:.])/y

/** What stands behind a name in code: matches ` = `, ` import `, ` === `; must not match ` => `. */
const codeBehind = /["'`]?[ \t]{1,4}(?:[!=]?==?[ \t]|import[ \t]|instanceof[ \t])/y

/** Whether a name is a value or a folder of its own, not a path, a package, a setting or a part of one. */
export function standsAlone(text: string, start: number, end: number): boolean {
  if (isSign(text, end, '@=\\') || isSign(text, start - 1, '@!#') || matchesAt(codeBehind, text, end)) return false
  return !isSign(text, start - 1, '/\\') || isSign(text, end, '/')
}
