/** Words that stand before a command and do not say which one it is: matches `sudo`, `$STD`, `if`; must not match `sudoedit`. */
const wrapper =
  /^(?:\$\{?std\}?|sudo|env|exec|command|builtin|nice|nohup|time|timeout|silent|if|then|else|do|while|until|eval|[!({]+|-\S*|\d+[smhd]?)$/iu

/** A variable that is set for a command or from one: matches `VERSION=$(`, `DEBIAN_FRONTEND=noninteractive`; must not match `--x=y`. */
const assignment = /^(?:local |export |declare |readonly )?[a-z_]\w*\+?=/iu
const substitution = /^["']?(?:\$\(|`|<\()\s*/u

/** Tools whose first plain word says what they were to do. */
const toolsOfMany: ReadonlySet<string> = new Set([
  ...['apt', 'apt-get', 'apt-cache', 'apk', 'dnf', 'yum', 'zypper', 'pacman', 'snap', 'flatpak', 'brew'],
  ...['npm', 'npx', 'yarn', 'pnpm', 'bun', 'corepack', 'composer', 'php', 'bundle', 'gem', 'pip', 'pip#', 'uv', 'poetry'],
  ...['cargo', 'rustup', 'go', 'dotnet', 'mvn', 'gradle', 'make', 'cmake', 'mix', 'git', 'docker', 'podman', 'compose', 'helm', 'kubectl'],
  ...['systemctl', 'rc-update', 'ip', 'ufw', 'openssl', 'pct', 'qm', 'pvesm', 'pveam', 'pvesh', 'pvecm', 'zfs', 'zpool', 'lxc', 'incus'],
])

/** Matches `install`, `dist-upgrade`; must not match `nodejs=18`, `./build`, `--force`. */
const plainWord = /^[a-z][a-z-]*$/u

/** A word of a tool that is one of many itself: `docker compose up`, `uv pip install`. */
const depthMax = 3

/**
 * The command that failed, without what differs from script to script: `apt-get install` of `$STD apt-get install -y nodejs`, `curl` of `curl -fsSL https://…`.
 * Only words that end within `room` characters count, so that it does not matter where the text was cut. Empty when there is none.
 */
export function readFailingCommand(text: string, room: number): string {
  let rest = text
  for (let skipped = 0; skipped < skippedMax; skipped++) {
    const start = rest.trimStart()
    const opening = assignment.exec(start)?.[0] ?? substitution.exec(start)?.[0]
    const next =
      opening !== undefined ? afterOpening(start, opening) : wrapper.test(firstOf(start)) ? start.slice(firstOf(start).length) : start
    if (next === start) break
    rest = next
  }
  return nameOf(rest.trimStart(), room - (text.length - rest.trimStart().length))
}
const skippedMax = 12

/** Behind `NAME=$(` stands the command whose failure it was; behind `NAME=value` stands the next word. */
function afterOpening(text: string, opening: string): string {
  const value = text.slice(opening.length)
  const inner = substitution.exec(value)?.[0]
  if (inner !== undefined) return value.slice(inner.length)
  if (!opening.includes('=')) return value
  const end = value.indexOf(' ')
  return end < 0 ? '' : value.slice(end)
}

function firstOf(text: string): string {
  const end = text.indexOf(' ')
  return end < 0 ? text : text.slice(0, end)
}

function nameOf(text: string, room: number): string {
  const names: string[] = []
  let at = 0
  for (const word of text.split(' ')) {
    const end = at + word.length
    if (end > room || names.length === depthMax) break
    const name = names.length === 0 ? programOf(word) : word.toLowerCase()
    if (names.length === 0 || plainWord.test(name)) names.push(name)
    if (!toolsOfMany.has(names.at(-1) ?? '') || /[;|&)]/u.test(word)) break
    at = end + 1
  }
  return names.join(' ')
}

/** Without its folder, its version and what closes a substitution: `python#` of `/usr/bin/python3.11`. What a variable names is not known. */
function programOf(word: string): string {
  if (/^["']?\$/u.test(word)) return '<command>'
  const base = word.replace(/[;|&"'`)]+$/u, '').replace(/^["'`]+/u, '')
  return base
    .slice(base.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/\d+(?:\.\d+)*/gu, '#')
}
