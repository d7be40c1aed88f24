import { alphanumeric, blank, foreign, other } from '../character.ts'
import { formOf } from '../name-form.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isPathHost, shareForm } from '../share.ts'

/**
 * Server and share in network paths of Windows, with backslashes or slashes: the share is often called like its owner.
 * With slashes only where the server is an address, is called like one, or stands behind a label: else it may be a path, a comment or a target of a build.
 */
export const uncPath: Recognizer = {
  name: 'unc-path',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<share>',
  otherLabels: ['<host>'],
  anchors: ['\\\\'],
  signs: [{ sign: '//', before: blank | other, after: [alphanumeric | foreign | other] }],
  find: findUncPath,
  examples: {
    hidden: [
      ['mount \\\\nas\\max', 'mount \\\\<host>\\<share>'],
      ['"\\\\\\\\nas\\\\max\\\\x"', '"\\\\\\\\<host>\\\\<share>\\\\x"'],
      ["path='\\\\nas-01\\Fotos Max\\2024'", "path='\\\\<host>\\<share>\\2024'"],
      ['open \\\\10.0.0.5\\max', 'open \\\\<ipv4>\\<share>'],
      ["ls: cannot access '//nas-01/max/x'", "ls: cannot access '//<host>/<share>/x'"],
      ['open //truenas/max: no such file', 'open //<host>/<share>: no such file'],
      ['scan //keller.lan/max', 'scan //<host>/<share>'],
      ['mount //10.0.0.5/max /mnt', 'mount //<ipv4>/<share> /mnt'],
      ['device: "//keller/max"', 'device: "//<host>/<share>"'],
      ['{"share":"//keller/max"}', '{"share":"//<host>/<share>"}'],
      ['SMB_PATH=//keller/max', 'SMB_PATH=//<host>/<share>'],
    ],
    kept: [
      '//nas is our name for it',
      '// nas/share is a comment',
      '//comment/about/paths',
      "cp: cannot stat '//immich-server/dist'",
      '<script src="//cdn.jsdelivr.net/npm/vue"></script>',
      'http://localhost//nas/x',
      'cd /opt//nas/x',
      'bazel build //tools/canvas:all',
      'func = "//pkg/share"',
      'shared: //pkg/x',
      'device: "//dev/sda1"',
      '\\\\.\\pipe\\docker',
      '\\\\?\\C:\\x',
      '"\\\\d+\\\\s"',
      '"C:\\\\opt\\\\x"',
      'printf "\\\\n\\n"',
      'a\\\\nas\\max',
      '\\\\nas',
    ],
  },
}

/** Written plainly, and with every backslash doubled as JSON and most languages have it. */
const paths = [
  /\\\\(?<host>[\p{L}\p{N}][\p{L}\p{N}_.-]{1,62})\\(?<share>[\p{L}\p{N}_.$-](?:[\p{L}\p{N}_.$-]|[ ](?=[^\\/"'\n:]{0,32}\\)){1,63})/uy,
  /\\{4}(?<host>[\p{L}\p{N}][\p{L}\p{N}_.-]{1,62})\\\\(?<share>[\p{L}\p{N}_.$-](?:[\p{L}\p{N}_.$-]|[ ](?=[^\\/"'\n:]{0,32}\\)){1,63})/uy,
]
const withSlashes = new RegExp(shareForm, 'duy')
const address = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** Names of file servers: matches `nas`, `truenas2`, `max-nas`; must not match `canvas`, `nasm`. */
const serverName =
  /(?<![\p{L}\p{N}])(?:\p{L}{0,24}nas|diskstation|synology|qnap|unraid|openmediavault|omv|(?:file|home)-?server)\d*(?![\p{L}\p{N}])/iu
/** A setting that has a share for its value: matches `device: "`, `SMB_SHARE=`; must not match `func = "`, `shared: `. */
const shareLabel = /(?<![a-z])(?:share|device|unc|cifs|smb|samba|nas)(?:[_-]\w{1,16})?\\?["']?[ \t]{0,4}[=:][ \t]{0,4}\\?["']?$/i
const labelReach = 40

function findUncPath(text: string, at: number): readonly Match[] {
  if (text[at] !== '/') return findWithBackslashes(text, at)
  return text[at - 1] === ':' ? none : findWithSlashes(text, at) // Nearly all slashes side by side are those of a URL.
}

function findWithSlashes(text: string, at: number): readonly Match[] {
  withSlashes.lastIndex = at
  const [, ofHost, ofShare] = withSlashes.exec(text)?.indices ?? []
  if (ofHost === undefined || ofShare === undefined) return none
  const host = text.slice(...ofHost)
  const share: Match = { start: ofShare[0], end: ofShare[1] }
  if (address.test(host)) return [share]
  if (!isPathHost(host) || !(isServer(host) || shareLabel.test(text.slice(Math.max(0, at - labelReach), at)))) return none
  return [{ start: ofHost[0], end: ofHost[1], label: '<host>', type: 'HOSTNAME' }, share]
}

function isServer(host: string): boolean {
  return serverName.test(host) || (host.includes('.') && isInternal(host.split('.')))
}

function isInternal(parts: readonly string[]): boolean {
  const { kind, proof } = formOf(parts)
  return kind === 'internal' && proof === 'nothing'
}

function findWithBackslashes(text: string, at: number): readonly Match[] {
  if (!/[\s"'`=(:[,]/.test(text[at - 1] ?? ' ')) return none
  for (const path of paths) {
    path.lastIndex = at
    const found = path.exec(text)
    const { host = '', share = '' } = found?.groups ?? {}
    if (!found) continue
    const end = at + found[0].length
    const hostStart = text.indexOf(host, at)
    const shareMatch: Match = { start: end - share.length, end }
    const isNamed = host.toLowerCase() !== 'localhost' && !address.test(host)
    return isNamed ? [{ start: hostStart, end: hostStart + host.length, label: '<host>', type: 'HOSTNAME' }, shareMatch] : [shareMatch]
  }
  return none
}
