import { digit, dot, hyphen, isIn } from './character.ts'
import { matchesAt } from './pattern.ts'
import { isOneOf, makeWordSet } from './word-set.ts'

/**
 * Hosts that everyone uses to fetch packages, images and sources: they say what broke and name nobody, so they stay readable.
 * Domains by their ending, each held by one project or vendor alone: the domain and every host below it is public, but for those of a country.
 */
const domains: Readonly<Record<string, string>> = {
  org: [
    'almalinux alpinelinux apache archlinux centos debian devuan fedoraproject freedesktop gentoo gnu kernel linuxcontainers openeuler',
    'openssl opensuse openwrt opnsense rockylinux turnkeylinux videolan codeberg community-scripts postgresql mariadb mongodb nginx sqlite',
    'anaconda cpan getcomposer golang gradle maven metacpan modernc nodejs npmjs packagist perl pypi python pythonhosted pytorch ruby-lang rubygems',
    'rust-lang sury ffmpeg jellyfin json-schema letsencrypt libssh openpgp schema torproject w3 wordpress',
  ].join(' '),
  com: [
    'docker nodesource npmjs yarnpkg unpkg proxmox helper-scripts ubuntu nvidia radeon ollama caddyserver hashicorp mysql mono-project',
    'coreos grafana nextcloud openssh owncloud tailscale zabbix opencollective johnvansickle',
  ].join(' '),
  io: [
    'crates docker home-assistant jenkins k8s pnpm pypa kubernetes cert-manager istio traefik velero external-secrets fluxcd cattle rancher crossplane',
    'argoproj openshift linkerd cilium strimzi kyverno projectcalico helm-controller tekton longhorn metallb keda',
  ].join(' '),
  net: 'adoptium dot launchpad launchpadcontent mono-project php',
  dev: 'go playwright',
  sh: 'astral bun esm',
  rs: 'docs',
  co: 'huggingface',
  se: 'curl',
  ms: 'aka',
  land: 'deno',
  ly: 'pris',
  run: 'mise',
  tv: 'plex',
}

/** Single hosts of domains below which others have names too (pages, tenants, databases, mirrors), so that only these say nothing of anybody. `@` is the domain itself. */
const singleHosts: Readonly<Record<string, string>> = {
  'github.com': '@ www api cli codeload docs gist npm.pkg maven.pkg uploads',
  'githubusercontent.com': 'gist github-releases objects pkg-containers raw release-assets',
  'github.io': 'community-scripts nvidia',
  'gitlab.com': '@ packages registry',
  'bitbucket.org': '@',
  'sourceforge.net': '@ downloads',
  'ghcr.io': '@',
  'quay.io': '@',
  'gcr.io': '@ k8s',
  'lscr.io': '@',
  'ecr.aws': 'public',
  'packagecloud.io': '@',
  'cloudsmith.io': 'dl',
  'elastic.co': 'artifacts docker',
  'sentry.io': '@',
  'jsdelivr.net': 'cdn',
  'rustup.rs': 'sh',
  'anaconda.com': 'repo',
  'azureedge.net': 'dotnetbuilds dotnetcli playwright',
  'prisma.sh': 'binaries',
  'nuget.org': '@ www api',
  'jsr.io': '@',
  'google.com': 'dl maven',
  'googleapis.com': 'storage',
  'microsoft.com': 'builds.dotnet dotnet download learn mcr packages',
  'azure.com': 'dev',
  'oracle.com': 'download',
  'cloudflare.com': '@ pkg',
  'mariadb.com': 'dlm downloads r',
  'mongodb.com': 'pgp',
  'clickhouse.com': 'packages',
  'influxdata.com': '@ repos',
  'intel.com': 'repositories',
  'mikrotik.com': 'download',
  'pkgbuild.com': 'geo.mirror',
  'mit.edu': 'pgp',
  'gopkg.in': '@',
  'uber.org': 'go',
  'redis.io': '@ download packages',
  'etcd.io': 'go',
  'opentelemetry.io': 'go',
}

/** Names of products, packages and settings that only look like a host. */
const productNames = [
  ...'draw.io cal.com n8n.io socket.io engine.io asp.net vb.net ml.net ado.net listmonk.app cockpit.io host.docker.internal'.split(' '),
  ...'rc.local jail.local fail2ban.local env.local conf.local settings.local named.conf.local modprobe.local usr.local'.split(' '),
  ...'localhost.localdomain svc.cluster.local cluster.local kubernetes.default.svc.cluster.local'.split(' '),
  ...'home.arpa in-addr.arpa ip6.arpa'.split(' '),
  ...'java.home user.home java.net java.io sun.net system.io system.net node.id machine.id net.ip identity.entity.name connection.id kadmin.local kinit.mit default.private broker.id frigate.app kern.info daemon.info user.info auth.info authpriv.info cron.info mail.info syslog.info local0.info'.split(
    ' ',
  ),
]

const publicDomains = makeWordSet(Object.entries(domains).flatMap(([ending, names]) => names.split(' ').map((name) => `${name}.${ending}`)))
const publicNames = makeWordSet([
  ...Object.entries(singleHosts).flatMap(([domain, hosts]) =>
    hosts.split(' ').map((host) => (host === '@' ? domain : `${host}.${domain}`)),
  ),
  ...productNames,
])

/** Whether a host name is one of those that name nobody. */
export function isPublicHost(text: string, start = 0, end = text.length): boolean {
  const domainStart = lastTwoParts(text, start, end)
  if (isOneOf(publicDomains, text, domainStart, end) && !namesCountry(text, start, domainStart)) return true
  return isOneOf(publicNames, text, start, end)
}

/** Where the last two parts of a name begin. */
function lastTwoParts(text: string, start: number, end: number): number {
  let dots = 0
  for (let index = end - 1; index >= start; index -= 1) {
    if (isIn(text, index, dot) && ++dots === 2) return index + 1
  }
  return start
}

/** Two letters are a country (`de.archive.…`) or begin a region (`us-east-1.…`) and say where somebody is; a download folder (`dl.…`) and the system's parts (`os-…`) only look so. */
const countryPart = /(?!dl[.-]|os-)[a-z]{2}\d*[.-]/iy

/** Whether one of the parts before the domain does. */
function namesCountry(text: string, start: number, domainStart: number): boolean {
  for (let index = start; index < domainStart; index += 1) {
    const isPart = index === start || isIn(text, index - 1, dot)
    if (isPart && isIn(text, index + 2, dot | hyphen | digit) && matchesAt(countryPart, text, index)) return true
  }
  return false
}
