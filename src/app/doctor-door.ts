import { dayMs, systemClock } from '../base/clock.ts'
import type { Settings } from '../config.ts'
import { readTlsPair } from '../http/tls/pair.ts'
import type { PartView } from '../page/system/system-view.ts'
import { explainTls, tlsFilesOf } from './tls.ts'

const warnDays = 14

/** The certificate and how long it holds. */
export function examineTls(settings: Settings): PartView {
  const files = tlsFilesOf(settings)
  if (files === undefined) {
    const text = settings.requireHttps ? 'is a proxy’s; plain requests are refused' : 'is off'
    if (settings.requireHttps) return { name: 'TLS', state: 'good', text }
    return { name: 'TLS', state: 'off', text, todo: 'Set TLS_CERT_FILE, or a proxy with TLS in front and REQUIRE_HTTPS=true.' }
  }
  const pair = readTlsPair(files)
  if (!pair.ok) return { name: 'TLS', state: 'bad', text: explainTls(pair.fault, files), todo: 'Put the right pair there.' }
  const days = Math.floor((pair.value.validTo - systemClock.now()) / dayMs)
  const text = `the certificate holds until ${new Date(pair.value.validTo).toISOString()}`
  if (days >= warnDays && pair.value.validFrom <= systemClock.now()) return { name: 'TLS', state: 'good', text }
  return { name: 'TLS', state: days < 0 ? 'bad' : 'odd', text, todo: 'Replace it: the running service takes it up by itself.' }
}

/** Whether headers of proxies are believed from where they come. `unlistedProxy` is the network of one that was not. */
export function examineProxy(settings: Settings, unlistedProxy: string | undefined): PartView {
  const name = 'proxy'
  const { requireHttps, tlsCertFile, trustedProxiesCidr } = settings
  if (unlistedProxy !== undefined) {
    const text = `one in ${unlistedProxy} is not trusted: all clients behind it share one limit`
    return { name, state: 'bad', text, todo: 'List its address in TRUSTED_PROXIES_CIDR.' }
  }
  if (trustedProxiesCidr.length > 0) return { name, state: 'good', text: 'none was seen since the last start that is not listed' }
  if (!requireHttps || tlsCertFile !== undefined)
    return { name, state: 'good', text: 'none is listed, and none was seen since the last start' }
  const text = 'REQUIRE_HTTPS admits only what a proxy on this machine says came by https'
  return { name, state: 'odd', text, todo: 'List a proxy elsewhere in TRUSTED_PROXIES_CIDR, or every request is refused.' }
}
