import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Server and share in network paths of Windows: the share is often called like its owner. */
export const uncPath: Recognizer = {
  name: 'unc-path',
  label: '<share>',
  anchors: ['\\\\'],
  find: findUncPath,
  examples: {
    hidden: [
      ['mount \\\\nas\\max', 'mount \\\\<host>\\<share>'],
      ['"\\\\\\\\nas\\\\max\\\\x"', '"\\\\\\\\<host>\\\\<share>\\\\x"'],
      ["path='\\\\nas-01\\Fotos Max\\2024'", "path='\\\\<host>\\<share>\\2024'"],
      ['open \\\\10.0.0.5\\max', 'open \\\\<ipv4>\\<share>'],
    ],
    kept: ['\\\\.\\pipe\\docker', '\\\\?\\C:\\x', '"\\\\d+\\\\s"', '"C:\\\\opt\\\\x"', 'printf "\\\\n\\n"', 'a\\\\nas\\max', '\\\\nas'],
  },
}

/** Written plainly, and with every backslash doubled as JSON and most languages have it. */
const paths = [
  /\\\\(?<host>[\p{L}\p{N}][\p{L}\p{N}_.-]{1,62})\\(?<share>[\p{L}\p{N}_.$-](?:[\p{L}\p{N}_.$-]|[ ](?=[^\\/"'\n:]{0,32}\\)){1,63})/uy,
  /\\{4}(?<host>[\p{L}\p{N}][\p{L}\p{N}_.-]{1,62})\\\\(?<share>[\p{L}\p{N}_.$-](?:[\p{L}\p{N}_.$-]|[ ](?=[^\\/"'\n:]{0,32}\\)){1,63})/uy,
]
const address = /^\d{1,3}(?:\.\d{1,3}){3}$/

function findUncPath(text: string, at: number): readonly Match[] {
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
    return isNamed ? [{ start: hostStart, end: hostStart + host.length, label: '<host>' }, shareMatch] : [shareMatch]
  }
  return none
}
