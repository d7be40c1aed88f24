import { base64, hyphen, isIn, runRight, underscore, word } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Tokens of Slack, and incoming webhooks (Slack, Discord, Teams), whose address is itself the secret. */
export const slackToken: Recognizer = {
  name: 'slack-token',
  type: 'API_KEY',
  label: '<token>',
  anchors: ['xox', 'xapp-', 'hooks.slack.com/', '/api/webhooks/'],
  find: findSlackToken,
  examples: {
    hidden: [
      ['xoxb-123456789012-abcdefABCDEF', '<token>'],
      ['https://hooks.slack.com/services/T00000000/B00000000/abcdEFGH1234', 'https://<host>/<token>'],
      ['https://discord.com/api/webhooks/123456789/abc-DEF_123', 'https://<host>/api/webhooks/<token>'],
    ],
    kept: ['xox', 'xoxo-kiss', 'foxoxb-123456789012', '/api/webhooks/ is empty'],
  },
}

const hosts = ['hooks.slack.com/', '/api/webhooks/']
const pathReach = 512

function findSlackToken(text: string, at: number): readonly Match[] {
  const head = text.slice(at, at + 24).toLowerCase()
  const host = hosts.find((candidate) => head.startsWith(candidate))
  if (host !== undefined) return findWebhook(text, at + host.length)

  if (isIn(text, at - 1, word) || !/^(?:xox[a-z]-(?:\d|[a-z]-)|xapp-\d)/.test(head)) return none
  const end = runRight(text, at, word | hyphen, pathReach)
  return end - at >= 12 ? [{ start: at, end }] : none
}

function findWebhook(text: string, start: number): readonly Match[] {
  const end = runRight(text, start, base64 | underscore | hyphen, pathReach)
  return end - start >= 6 ? [{ start, end }] : none
}
