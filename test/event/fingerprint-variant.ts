import fc from 'fast-check'

/** What may stand in the place of a slot, of any length that a real text has. */
const slots: Readonly<Record<string, fc.Arbitrary<string>>> = {
  n: fc.oneof(
    fc.nat().map(String),
    fc.double({ min: 0, max: 9999, noNaN: true }).map((value) => value.toFixed(2)),
    fc.constant('1,024'),
  ),
  size: fc
    .tuple(fc.nat(99_999), fc.constantFrom('MB', 'GiB', 'kB', ' MB', ' bytes', '%', ' GiB'))
    .map(([value, unit]) => `${value}${unit}`),
  duration: fc
    .tuple(fc.nat(9_999), fc.constantFrom('s', 'ms', ' seconds', ' s', ' minutes', 'm', 'h'))
    .map(([value, unit]) => `${value}${unit}`),
  id: fc.oneof(
    fc.uuid(),
    hexOf(12),
    hexOf(8),
    hexOf(7),
    fc.nat().map((value) => `0x${value.toString(16)}`),
    hexOf(12).map((id) => `req_${id}1`),
  ),
  hash: fc.oneof(
    hexOf(40),
    hexOf(64),
    hexOf(64).map((hash) => `sha256:${hash}`),
  ),
  version: fc
    .tuple(fc.nat(30), fc.nat(99), fc.nat(9), fc.constantFrom('', '-1', '-rc.1', '+deb12u1', '~bpo', '-beta2'))
    .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`),
  address: fc.oneof(
    fc.ipV4(),
    fc.constantFrom(
      '192.x.x.5',
      '10.x.x.x',
      '<ipv4>',
      '<ipv6>',
      '<host>',
      'github.com',
      'packages.example.org',
      '<host>:8006',
      '<ipv4>:443',
    ),
  ),
  path: fc
    .tuple(
      fc.constantFrom('/opt', '/var/lib/lxc/101', '/tmp/tmp.aB3xY', '~/.cache', '/home/<user>', './build'),
      fc.array(part(), { maxLength: 14 }),
    )
    .map(([start, parts]) => [start, ...parts].join('/')),
  folder: fc.constantFrom('/opt/app/bin', './configure', '/usr/local/bin/uv', '~/.local/bin/pip3', '/home/<user>/x'),
  url: fc
    .tuple(fc.constantFrom('https://github.com', 'http://<host>:8080', 'https://<credential>@<host>'), fc.array(part(), { maxLength: 14 }))
    .map(([start, parts]) => [start, ...parts].join('/')),
  name: fc.tuple(fc.constantFrom(`'`, '"'), part()).map(([quote, name]) => `${quote}${name}${quote}`),
  file: fc.tuple(part(), fc.constantFrom('tar.gz', 'deb', 'json', 'conf', 'zip', 'sh')).map(([name, ending]) => `${name}.${ending}`),
  time: fc
    .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    .chain((date) =>
      fc.constantFrom(
        date.toISOString(),
        date.toISOString().slice(0, 19).replace('T', ' '),
        date.toUTCString(),
        date.toISOString().slice(11, 19),
      ),
    ),
  line: fc.nat(9_999).map(String),
}

/** Fills the slots of a message: `{path}` with a path, and so on. Then letter case and blanks change, and what does not fit is cut off. */
export function variantOf(message: string, cutAt = 120): fc.Arbitrary<string> {
  return fc.tuple(filled(message), fc.constantFrom('as it is', 'upper', 'lower', 'blanks', 'tabs')).map(([text, change]) => {
    const changed =
      change === 'upper'
        ? text.toUpperCase()
        : change === 'lower'
          ? text.toLowerCase()
          : change === 'tabs'
            ? text.replaceAll(' ', '\t')
            : text
    return (change === 'blanks' ? ` ${changed.replaceAll(': ', ':  ')} ` : changed).slice(0, cutAt)
  })
}

/** Fills the slots of a message and leaves the rest as it is. */
export function filled(message: string): fc.Arbitrary<string> {
  const parts = message.split(/\{(\w+)\}/)
  const texts = parts.map((text, index) => (index % 2 === 0 ? fc.constant(text) : (slots[text] ?? fc.constant(text))))
  return fc.tuple(...texts).map((pieces) => pieces.join(''))
}

function hexOf(length: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
}

function part(): fc.Arbitrary<string> {
  return fc.constantFrom('app', 'lib', 'node_modules', 'v1.2', 'release-2026', 'a_b', 'config', 'x86_64', 'Data', 'tmp12')
}
