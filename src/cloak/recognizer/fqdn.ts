import { foreign, labelOfHost, letter, nameRight } from '../character.ts'
import { firstDot, readDottedName } from '../host-name.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Domain names: anyone's own may be among them, so all go but those of well-known download hosts. */
export const fqdn: Recognizer = {
  name: 'fqdn',
  type: 'HOSTNAME',
  label: '<host>',
  anchors: [],
  signs: [{ sign: '.', after: [letter | foreign, letter | foreign] }],
  find: findFqdn,
  examples: {
    hidden: [
      ['certificate for cloud.kowalski.de expired', 'certificate for <host> expired'],
      ['*.example.com', '*.<host>'],
      ['/etc/letsencrypt/live/myhome.app/fullchain.pem', '/etc/letsencrypt/live/<host>/fullchain.pem'],
      ['proxy.corp.example.com:3128.', '<host>:3128.'],
      ['de.archive.ubuntu.com', '<host>'],
      ['us-east-1.ec2.archive.ubuntu.com', '<host>'],
      ['jo.github.io', '<host>'],
      ['NAS.EXAMPLE.ORG', '<host>'],
      ['müller.de', '<host>'],
      ['loja.com.br', '<host>'],
      ['serwer.kowalski.pl', '<host>'],
      ['cloud.kowalski.network', '<host>'],
      ['git.kowalski.sh', '<host>'],
      ['kowalski.immo', '<host>'],
      ['почта.рф', '<host>'],
      ['certificate for kowalski.name expired', 'certificate for <host> expired'],
      ['ping: kowalski.sh: Name or service not known', 'ping: <host>: Name or service not known'],
      ['open /etc/letsencrypt/live/kowalski.host/fullchain.pem', 'open /etc/letsencrypt/live/<host>/fullchain.pem'],
    ],
    kept: [
      'archive.ubuntu.com',
      'os.path.join',
      'self.app.run()',
      'app.py',
      'install.sh',
      'libc.so.6',
      'node.js',
      'logger.info',
      'index.html.br',
      'config.h.in',
      'draw.io',
      'failed.To fix',
      'org.example.it',
      'libssl3_3.0.15-1~deb12u1_amd64.deb',
      'e.g. this',
      'multi-user.target',
      'package.name',
      'waiting for setup.sh',
      'src/net/host.rs:443:12',
      'azure.mgmt.network',
      'function.prototype.name@1.1.6',
      'archive.zip',
      'git config --global --add safe.directory /opt/app',
      '/etc/systemd/network/10.eth0.network',
    ],
  },
}

/** Longest part of a name that DNS allows. */
const partReach = 63

/** For short fields: a name of two parts may be a product (`draw.io`), one of three is a machine. */
export const fqdnOfThree: Recognizer = { ...fqdn, find: (text, at) => (hasThirdPart(text, firstDot(text, at)) ? findFqdn(text, at) : none) }

function hasThirdPart(text: string, dotAt: number): boolean {
  return text[nameRight(text, dotAt + 1, labelOfHost, partReach)] === '.'
}

function findFqdn(text: string, at: number): readonly Match[] {
  const name = readDottedName(text, at, 'public')
  return name ? [name] : none
}
