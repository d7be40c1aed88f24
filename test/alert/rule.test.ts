import { describe, expect, test } from 'bun:test'
import { firstRules, makeRule, ruleKindNames, ruleKinds, settingRuleId } from '../../src/alert/rule.ts'

describe('a rule', () => {
  test.each(ruleKindNames.map((kind) => [kind]))('of the kind %s has defaults that hold its own bounds', (kind) => {
    const made = makeRule({ kind }, 'a')
    expect(made).toMatchObject({ ok: true, value: { id: 'a', kind, tenant: 'default', threshold: ruleKinds[kind].threshold } })
  })

  test.each([
    ['an unknown kind', { kind: 'weather' }, 'kind_unknown'],
    ['the machine, of a tenant that does not run the service', { kind: 'disk_full', tenant: 'other' }, 'kind_of_service'],
    ['a script where no runs are counted', { kind: 'disk_full', script: 'immich' }, 'scope_invalid'],
    ['a script with a line break', { kind: 'failure_rate', script: 'a\r\nBcc: x' }, 'scope_invalid'],
    ['an empty source', { kind: 'failure_rate', source: '' }, 'scope_invalid'],
    ['a threshold of nothing', { kind: 'failure_rate', threshold: 0 }, 'threshold_invalid'],
    ['a threshold that is no number', { kind: 'failure_rate', threshold: Number.NaN }, 'threshold_invalid'],
    ['over a hundred percent', { kind: 'failure_rate', threshold: 101 }, 'threshold_invalid'],
    ['a window that is too short', { kind: 'no_data', windowMin: 1 }, 'window_invalid'],
    ['a window beyond four weeks', { kind: 'no_data', windowMin: 28 * 1_440 + 1 }, 'window_invalid'],
    ['half a minute', { kind: 'no_data', holdMin: 0.5 }, 'minutes_invalid'],
    ['a cooldown below nothing', { kind: 'no_data', cooldownMin: -1 }, 'minutes_invalid'],
    ['runs below nothing', { kind: 'failure_rate', runsMin: -1 }, 'runs_invalid'],
    ['quiet hours of no time', { kind: 'failure_rate', quiet: '6-6' }, 'quiet_invalid'],
    ['quiet hours that no day has', { kind: 'failure_rate', quiet: '22-24' }, 'quiet_invalid'],
  ] as const)('with %s is refused by name', (_, wanted, fault) => {
    expect(makeRule(wanted, 'a')).toEqual({ ok: false, fault })
  })
})

test('the first rules follow the settings and are all valid', () => {
  const rules = firstRules({ threshold: 35, cooldownMin: 90 })
  expect(rules.find(({ id }) => id === settingRuleId)).toMatchObject({
    kind: 'failure_rate',
    source: 'ProxmoxVE',
    threshold: 35,
    cooldownMin: 90,
  })
  expect(rules.map(({ kind }) => kind)).toEqual([
    ...([
      'failure_rate',
      'script_worse',
      'new_error',
      'stuck_runs',
      'mirror_behind',
      'disk_full',
      'backup_failed',
      'integrity_failed',
    ] as const),
  ])
})
