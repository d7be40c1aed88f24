import { Html } from '@elysiajs/html'
import { Layout } from '../frame/layout.tsx'
import { Coded } from '../part/coded.tsx'
import { Link } from '../part/link.tsx'
import { WideTable } from '../part/wide-table.tsx'
import type { ApiParameterView, ApiRouteView, ApiView } from './api-view.ts'

/** `/api`: every route with its parameters and answers, on one page that loads nothing else. */
export function Api(props: { readonly view: ApiView }): string {
  const { view } = props
  return Layout({
    title: 'API',
    frame: view.frame,
    children: [
      <p>
        Send a read key as <code>Authorization: Bearer …</code>. Days are UTC days. The same as data:{' '}
        <Link href="/api/openapi.json" text="OpenAPI 3.1 document" />.
      </p>,
      ...view.groups.map(({ title, about, routes }) => (
        <section>
          <h2 safe>{title}</h2>
          <p class="muted" safe>
            {about}
          </p>
          {routes.map((route) => (
            <Route route={route} />
          ))}
        </section>
      )),
    ],
  })
}

function Route(props: { readonly route: ApiRouteView }): string {
  const { method, path, summary, access, parameters, answers, example } = props.route
  const element = (
    <section class="card">
      <h3>
        <code safe>{`${method} ${path}`}</code>
      </h3>
      <p>
        <span safe>{asSentence(summary)}</span> <span class="muted" safe>{`Open to: ${asSentence(access)}`}</span>
      </p>
      {parameters.length === 0 ? '' : <Parameters parameters={parameters} label={`parameters of ${path}`} />}
      <dl class="facts-list" aria-label="answers">
        {answers.map(({ status, meaning }) => (
          <>
            <dt>{status}</dt>
            <dd>
              <Coded text={asSentence(meaning)} />
            </dd>
          </>
        ))}
      </dl>
      {example === undefined ? (
        ''
      ) : (
        <pre class="wrap" safe>
          {example}
        </pre>
      )}
    </section>
  )
  return String(element)
}

function Parameters(props: { readonly parameters: readonly ApiParameterView[]; readonly label: string }): string {
  const element = (
    <WideTable label={props.label}>
      <thead>
        <tr>
          <th scope="col">parameter</th>
          <th scope="col">values</th>
          <th scope="col">meaning</th>
        </tr>
      </thead>
      <tbody>
        {props.parameters.map(({ name, values, meaning, without }) => (
          <tr>
            <th scope="row">
              <code safe>{name}</code>
            </th>
            <td class="line">
              <span safe>{values}</span> {without === '' ? '' : <span class="muted" safe>{`(${without})`}</span>}
            </td>
            <td class="line">
              <Coded text={meaning} />
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
  return String(element)
}

/** A text of ours with a full stop at its end. */
function asSentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}
