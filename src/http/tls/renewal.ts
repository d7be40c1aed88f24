import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { isValidAt, readTlsPair, type TlsFiles, type TlsPair } from './pair.ts'

export type RenewalParts = {
  readonly files: TlsFiles
  /** The pair that is served now. */
  readonly served: TlsPair
  /** Serves another one. */
  readonly renew: (pair: TlsPair) => void
  readonly clock: Clock
  readonly log: Log
}

/**
 * Looks whether the files hold another pair and has it served. A pair that cannot be used is refused and the one before stays. Files are looked at, not
 * watched: certificates come by renamed files, exchanged links and mounted secrets, of which no watcher tells alike.
 */
export function createRenewal({ files, served, renew, clock, log }: RenewalParts): { look(): void } {
  let current = contentOf(served)
  let seen = current
  let refused = ''

  function look(): void {
    const pair = readTlsPair(files)
    const content = pair.ok ? contentOf(pair.value) : pair.fault
    // Both files are written one after the other, so only what two looks have seen alike counts.
    if (content !== seen || content === current) {
      seen = content
      return
    }
    const fault = pair.ok ? take(pair.value, content) : pair.fault
    if (fault === undefined || content === refused) return
    refused = content
    log.error({ fault }, 'new certificate refused')
  }

  function take(pair: TlsPair, content: string): 'not_valid_now' | 'not_servable' | undefined {
    if (!isValidAt(pair, clock.now())) return 'not_valid_now'
    try {
      renew(pair)
    } catch {
      return 'not_servable'
    }
    current = content
    refused = ''
    log.info({ valid_to: new Date(pair.validTo).toISOString() }, 'new certificate served')
    return undefined
  }

  return { look }
}

function contentOf({ cert, key }: TlsPair): string {
  return new Bun.CryptoHasher('sha256').update(cert).update('\0').update(key).digest('hex')
}
