import { colon, digit } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** The machine's name that syslog and journal put behind the time of each line. */
export const syslogHost: Recognizer = {
  name: 'syslog-host',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<host>',
  anchors: [],
  signs: [{ sign: ':', before: digit, after: [digit, digit, colon] }],
  find: findSyslogHost,
  examples: {
    hidden: [
      ['Nov 22 11:40:42 pve1 systemd[1]: Started x', 'Nov 22 11:40:42 <host> systemd[1]: Started x'],
      ['2026-11-22T11:40:42+0100 pve1 kernel: usb 1-1', '2026-11-22T11:40:42+0100 <host> kernel: usb 1-1'],
      ['2026-11-22T11:40:42.438120+01:00 web-01 sshd[77]: x', '2026-11-22T11:40:42.438120+01:00 <host> sshd[77]: x'],
      ['<134>1 2026-11-22T11:40:42.000Z gw-2 kernel - - - x', '<134>1 2026-11-22T11:40:42.000Z <host> kernel - - - x'],
      ['Mar  1 2026 10:20:30 sw-eg %LINK-3-UPDOWN: x', 'Mar  1 2026 10:20:30 <host> %LINK-3-UPDOWN: x'],
    ],
    kept: [
      '2026-11-22 11:40:42 INFO app: started',
      '11:40:42 pve1 systemd[1]: x',
      'Nov 22 11:40:42 was the time',
      'Last login: Mon Jan  1 10:00:00 from 10.0.0.5',
      '2026-11-22T11:40:42Z info server: up',
    ],
  },
}

/** The program and its number follow, or the cut end of the text. */
const time =
  /\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?[ \t]([\w.-]{1,253})(?:[ \t][\w./@()%-]{1,64}(?:\[\d{1,10}\])?:[ \t]|[ \t][\w./-]{1,48}[ \t](?:\d{1,10}|-)[ \t][\w-]{1,32}[ \t](?:-|\[)|(?:[ \t][\w./@()-]{0,64}(?:\[\d{0,10}\]?)?:?)?$)/y
const dateBefore =
  /(?:^|[\n\s])(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ \t]{1,2}\d{1,2}[ \t](?:\d{4}[ \t])?|\d{4}-\d{2}-\d{2}T)$/
const levels =
  /^(?:trace|debug|info|notice|warn|warning|error|err|fatal|critical|crit|panic|localhost|from|on|at|utc|gmt|cet|cest|am|pm|\d.*)$/i

function findSyslogHost(text: string, at: number): readonly Match[] {
  if (text[at + 3] !== ':') return none
  time.lastIndex = at - 2
  const found = time.exec(text)
  const host = found?.[1] ?? ''
  if (!found || levels.test(host) || !dateBefore.test(text.slice(Math.max(0, at - 22), at - 2))) return none
  const start = at - 2 + found[0].search(/[ \t]/) + 1
  return [{ start, end: start + host.length }]
}
