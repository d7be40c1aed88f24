import { categoryOfFailure, isAbort } from './category.ts'
import { describeExitCode } from './exit-code.ts'
import { splitFailure } from './explanation.ts'
import { type InstallEvent, installFields } from './install.ts'
import { type RepairCode, settleRepairs } from './repair-rule.ts'
import { readRepository } from './repository.ts'
import type { Wire } from './wire.ts'

/** What the operator decides about events: whose repositories may be stored by name. */
type InstallPolicy = { readonly repoOwners: readonly string[] }

type NormalizedInstall = { readonly install: InstallEvent; readonly repairs: readonly RepairCode[] }

/**
 * Turns a checked body into the event: names in camelCase, failure split into explanation and log, status and category corrected.
 * Its texts are not cloaked and not yet cut to what is stored, for a cut before the cloak would leave halves that it cannot see.
 * Two corrections of the contract are made when a run is read, not here: `failed` with exit code 0 and failures of `addon` and `pve` count as success.
 */
export function normalizeInstall(wire: Wire, policy: InstallPolicy): NormalizedInstall {
  const event: Draft = {}
  for (const field of installFields) {
    const value = wire.fields[field.wire]
    if (value !== undefined) event[field.name] = value
  }
  const install = event as MutableInstall
  const repairs: RepairCode[] = [...wire.repairs]
  if (install.repoSlug !== undefined) settleRepository(install, install.repoSlug, policy, repairs)
  if (canFail(install)) settleFailure(install, repairs)
  else dropFailure(install, repairs)
  return { install, repairs: settleRepairs(repairs) }
}

type Draft = { -readonly [Name in keyof InstallEvent]?: unknown }
type MutableInstall = { -readonly [Name in keyof InstallEvent]: InstallEvent[Name] }

function settleRepository(install: MutableInstall, sent: string, policy: InstallPolicy, repairs: RepairCode[]): void {
  const { slug, source } = readRepository(sent, policy.repoOwners)
  install.repoSlug = slug
  if (slug === 'external' && sent !== slug) repairs.push('repo_slug:foreign_owner')
  // A source that the client names counts, even against the repository: it knows where it was loaded from.
  if (install.repoSource !== undefined) return
  install.repoSource = source
  repairs.push('repo_source:from_slug')
}

function canFail({ status }: InstallEvent): boolean {
  return status === 'failed' || status === 'aborted' || status === 'unknown'
}

/** What did not fail has no failure: a success after a retry still carries the text of the first try, and nobody needs to keep it. */
function dropFailure(install: MutableInstall, repairs: RepairCode[]): void {
  if (install.error === undefined && install.errorCategory === undefined) return
  repairs.push(install.error !== undefined ? 'error:not_a_failure' : 'error_category:not_a_failure')
  delete install.error
  delete install.errorCategory
}

function settleFailure(install: MutableInstall, repairs: RepairCode[]): void {
  const { explanation, trace, evidence } = splitFailure(install.error ?? '')
  if (explanation === '') delete install.error
  else install.error = explanation
  if (trace !== '') install.trace = trace
  // Code 0 is read as success by the contract, so there is no failure to name.
  if (install.status === 'failed' && install.exitCode !== 0) nameFailure(install, evidence, repairs)
}

function nameFailure(install: MutableInstall, evidence: string, repairs: RepairCode[]): void {
  const { exitCode, errorCategory } = install
  const isExcused = install.type === 'addon' || install.type === 'pve'
  if (!isExcused && isAbort(exitCode, evidence)) {
    install.status = 'aborted'
    repairs.push('status:abort_sign')
    if (errorCategory === undefined || errorCategory === 'unknown') install.errorCategory = 'user_aborted'
    return
  }
  install.errorCategory = categoryOfFailure(exitCode, evidence, errorCategory)
  const isCorrected = errorCategory !== undefined && errorCategory !== 'unknown' && errorCategory !== install.errorCategory
  if (isCorrected) repairs.push('error_category:corrected')
  if (install.error !== undefined || exitCode === undefined) return
  install.error = `Exit code ${exitCode}: ${describeExitCode(exitCode)}`
  repairs.push('error:from_exit_code')
}
