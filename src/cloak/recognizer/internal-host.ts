import { internalLastParts } from '../domain-ending.ts'
import { readDottedName } from '../host-name.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Names of machines inside a network, known by an ending that the public name system does not have. */
export const internalHost: Recognizer = {
  name: 'internal-host',
  type: 'HOSTNAME',
  label: '<host>',
  anchors: internalLastParts.map((ending) => `.${ending}`),
  find: findInternalHost,
  examples: {
    hidden: [
      ['nas.local', '<host>'],
      ['pve1.home.arpa:8006', '<host>:8006'],
      ['ping node.lan.', 'ping <host>.'],
      ['search fritz.box', 'search <host>'],
      ['Host: vault.internal', 'Host: <host>'],
      ['db01.localdomain', '<host>'],
      ['gitea.kowalski.intra', '<host>'],
      ['nas.priv', '<host>'],
      ['gitea.kowalski.test', '<host>'],
      ['dial tcp: lookup nas.example', 'dial tcp: lookup <host>'],
    ],
    kept: [
      "No module named 'google.protobuf.internal'",
      '/etc/rc.local',
      '/usr/local/bin',
      '.env.local',
      'jail.local',
      'localhost.localdomain',
      'java.home',
      'host.docker.internal',
      'foo.local()',
      'app.test',
      '.env.example',
      'nginx.conf.example',
      'df.loc',
    ],
  },
}

function findInternalHost(text: string, at: number): readonly Match[] {
  const name = readDottedName(text, at, 'internal')
  return name ? [name] : none
}
