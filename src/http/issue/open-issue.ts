import type { IssueKey } from '../../access/error-issue.ts'
import { err, type Result } from '../../base/result.ts'
import type { IssueFault, Issues } from '../../issue/issues.ts'
import { type AsyncReader, answered } from '../question/analyst.ts'

export type IssueParts = { readonly reader: Pick<AsyncReader, 'errorGroups' | 'analyse' | 'runList' | 'record'>; readonly issues: Issues }

export type OpenIssueFault = { readonly code: IssueFault['code'] | 'group_unknown'; readonly retrySeconds?: number }

/** Labels of an issue for which nobody named any, as the earlier service had them. */
export const usualLabels = ['bug', 'telemetry'] as const

/** Opens the issue of a group, with what the store knows of it; the address of the one that is there where there is one. */
export async function openIssueOf(
  { key, labels, actor }: { readonly key: IssueKey; readonly labels: readonly string[]; readonly actor: string },
  { reader, issues }: IssueParts,
): Promise<Result<string, OpenIssueFault>> {
  const [group] = await answered(reader.errorGroups(key.tenant, [key.fingerprint]))
  return group === undefined ? err({ code: 'group_unknown' }) : issues.open({ key, group, labels, actor })
}
