import { Html } from '@elysiajs/html'
import { Layout } from '../frame/layout.tsx'
import { FactsList } from '../part/facts-list.tsx'
import type { RulePageView } from './alerts-view.ts'
import { Past } from './past.tsx'
import { ActForm, ChangeRuleForm } from './rule-form.tsx'
import { signs } from './rule-state.ts'
import { Subjects } from './subjects.tsx'
import { Told } from './told.tsx'

/** `/alerts/{id}`: one rule, and for who may change it the forms that do. */
export function AlertRule(props: { readonly view: RulePageView }): string {
  const { view } = props
  const { rule } = view
  return Layout({
    title: `Alert ${rule.id}`,
    current: 'alerts',
    frame: view.frame,
    lead: rule.title,
    children: [
      <Standing view={view} />,
      <Past past={view.past} />,
      view.change === undefined ? '' : <Change view={view} change={view.change} />,
      <Told title="History" told={view.history} back={rule.href} token={view.change?.token} />,
    ],
  })
}

function Standing(props: { readonly view: RulePageView }): string {
  const { rule, facts } = props.view
  const element = (
    <section class="card">
      <h2>
        <span aria-hidden="true">{signs[rule.state]}</span> <span safe>{rule.state.replace('_', ' ')}</span>
      </h2>
      <FactsList facts={facts} />
      {rule.subjects.length === 0 ? '' : <h3>What is not well</h3>}
      <Subjects subjects={rule.subjects} more={rule.moreSubjects} />
    </section>
  )
  return String(element)
}

const quietHours = [
  { hours: '1', text: 'Mute 1 h' },
  { hours: '24', text: 'Mute a day' },
  { hours: '168', text: 'Mute a week' },
] as const

function Change(props: { readonly view: RulePageView; readonly change: NonNullable<RulePageView['change']> }): string {
  const { rule } = props.view
  const { token, fields, isOfSettings, mayTest } = props.change
  const action = rule.href
  const element = (
    <section class="card">
      <h2>{isOfSettings ? 'Try other values' : 'Edit'}</h2>
      {isOfSettings ? (
        <p class="muted">
          Its values are those of ALERT_FAILURE_THRESHOLD, ALERT_COOLDOWN_MIN and ALERT_QUIET_HOURS: set those to change it. It can be tried
          with others and muted, but not removed.
        </p>
      ) : (
        ''
      )}
      <ChangeRuleForm target={{ action, token }} fields={fields} isOfSettings={isOfSettings} />
      <div class="more acts">
        {mayTest ? <ActForm action="/alerts" token={token} text="Test send" fields={{ act: 'test', back: action }} /> : ''}
        {rule.state === 'muted' ? (
          <ActForm action={action} token={token} text="Unmute" fields={{ act: 'unmute' }} />
        ) : (
          quietHours.map(({ hours, text }) => <ActForm action={action} token={token} text={text} fields={{ act: 'mute', hours }} />)
        )}
        {isOfSettings ? '' : <ActForm action={action} token={token} text="Remove it" fields={{ act: 'remove' }} />}
      </div>
    </section>
  )
  return String(element)
}
