// Turns the test runner's own report into one line of counts. Ends with a code when a test failed or was left out, when none ran,
// or when the runner stopped for a reason that its report does not show.
import { existsSync, readFileSync } from 'node:fs'

const [reportPath = '', runnerCode = '1'] = process.argv.slice(2)
const report = existsSync(reportPath) ? readFileSync(reportPath, 'utf8') : ''
const cases = [...report.matchAll(/<testcase name="([^"]*)"([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(
  ([, name, place, content = '']) => ({
    name: `${/file="([^"]*)"/.exec(place)?.[1] ?? ''}: ${name}`,
    content,
  }),
)
const named = (mark) => cases.filter(({ content }) => content.includes(mark)).map(({ name, content }) => name + reasonOf(content))

const skipped = named('<skipped')
const failed = [...named('<failure'), ...named('<error')]
if (Number(runnerCode) !== 0 && failed.length === 0) failed.push(`the runner ended with code ${runnerCode}`)
if (cases.length === 0) failed.push('no test ran')

for (const name of failed) console.log(`failed: ${name}`)
for (const name of skipped) console.log(`left out: ${name}`)
const passed = cases.length - skipped.length - named('<failure').length - named('<error').length
console.log(`${passed} passed, ${failed.length} failed, ${skipped.length} skipped`)
process.exit(failed.length + skipped.length === 0 ? 0 : 1)

/** What the report says of a failure, on one line: the runner's own text stands further up, where a long output may have been cut. */
function reasonOf(content) {
  const message = /message="([^"]*)"/.exec(content)?.[1]
  return message === undefined ? '' : ` | ${message.replace(/(?:&#10;|\s)+/g, ' ').slice(0, 400)}`
}
