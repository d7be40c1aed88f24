import { blank, isIn, isSign } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody } from '../user-name.ts'
import { readValue } from '../value.ts'

/** User and password in the short options of a login to a registry (`docker login -u max -p …`); `--password` is a label like any other. */
export const registryLogin: Recognizer = {
  name: 'registry-login',
  type: 'PASSWORD',
  label: '<secret>',
  otherLabels: ['<user>'],
  anchors: ['docker login', 'podman login', 'nerdctl login', 'buildah login', 'skopeo login', 'oras login', 'helm registry login'],
  find: findRegistryLogin,
  examples: {
    hidden: [
      ['docker login -u max -p geheim', 'docker login -u <user> -p <secret>'],
      ["podman login ghcr.io --username=max -p 'two words'", "podman login ghcr.io --username=<user> -p '<secret>'"],
      ['helm registry login -pgeheim -u max ghcr.io', 'helm registry login -p<secret> -u <user> ghcr.io'],
      ['echo geheim | docker login -u max --password-stdin', 'echo <secret> | docker login -u <user> --password-stdin'],
      ['docker login --username max --password geheim', 'docker login --username <user> --password <secret>'],
      ['docker login -u admin -p geheim && docker push -p x', 'docker login -u admin -p <secret> && docker push -p x'],
    ],
    kept: [
      'docker login',
      'docker login ghcr.io',
      'docker login -u $USER -p $TOKEN',
      'docker login -u admin --password-stdin',
      'docker login --help\n-p geheim',
      'docker login failed',
      'echo "$TOKEN" | docker login -u admin --password-stdin',
      'cat key | docker login',
    ],
  },
}

const command = /[^\n|;&]{0,512}/y
const option = /[ \t](?:-(?<short>[up])[ \t=]{0,4}|--username(?:=|[ \t]{1,4}))(?=[^\s-])/g

function findRegistryLogin(text: string, at: number): readonly Match[] {
  command.lastIndex = at
  const line = command.exec(text)?.[0] ?? ''
  const matches: Match[] = [...findPiped(text, at)]
  for (const { 0: whole, index, groups } of line.matchAll(option)) {
    const value = readValue(text, at + index + whole.length)
    if (!value || text[value.start] === '$') continue
    if (groups?.['short'] === 'p') matches.push(value)
    else if (!isNobody(text, value.start, value.end)) matches.push({ ...value, label: '<user>', type: 'USERNAME' })
  }
  return matches.length === 0 ? none : matches
}

const pipe = /(?:echo|printf)[ \t]+(?:-n[ \t]+)?["']?([^\s"'`|$<-][^\s"'`|]{0,255})["']?[ \t]*\|[ \t]*(?:sudo[ \t]+)?$/d

/** `echo … | docker login --password-stdin`: the password stands before the command. */
function findPiped(text: string, at: number): readonly Match[] {
  if (!isPiped(text, at)) return none
  const before = text.slice(Math.max(0, at - 320), at)
  const [start, end] = pipe.exec(before)?.indices?.[1] ?? [0, 0]
  const offset = at - before.length
  return end > start ? [{ start: offset + start, end: offset + end }] : none
}

/** Whether a pipe stands before the command, or a word of which it may be the command. */
export function isPiped(text: string, at: number): boolean {
  let end = at
  while (isIn(text, end - 1, blank)) end -= 1
  return isSign(text, end - 1, '|o')
}
