import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { mayHaveCredentials, readAuthority } from '../url.ts'

/** User and password (or a bare token) before the host of a URL. */
export const urlCredential: Recognizer = {
  name: 'url-credential',
  type: 'URL_CREDENTIALS',
  score: 0.95,
  label: '<credential>',
  anchors: ['://'],
  find: findUrlCredential,
  examples: {
    hidden: [
      ['https://jo:secret@github.com/a/b.git', 'https://<credential>@github.com/a/b.git'],
      ['postgres://app:p!a#b/c@localhost:5432/db', 'postgres://<credential>@localhost:5432/db'],
      ['https://x-access-token@github.com/', 'https://<credential>@github.com/'],
      ['redis://:hunter2@localhost', 'redis://<credential>@localhost'],
      ['amqp://app:p@ss@localhost/', 'amqp://<credential>@localhost/'],
      ['mysql://app:hunter2', 'mysql://<credential>'],
    ],
    kept: [
      'https://npm.pkg.github.com/@babel/core',
      'https://unpkg.com/vue@3.4.21/dist/vue.js',
      'ssh://git@github.com/a/b.git',
      'http://localhost:8080/?at=a@b',
      'http://localhost:$PORT/',
      'docker://nginx:latest',
      '(http://localhost:3000).',
    ],
  },
}

function findUrlCredential(text: string, at: number): readonly Match[] {
  const authority = mayHaveCredentials(text, at) ? readAuthority(text, at) : undefined
  if (!authority || authority.userEnd <= authority.userStart) return none
  const { userStart, userEnd, hostStart, hostEnd } = authority
  const isGit = text.slice(userStart, userEnd) === 'git' && isPublicHost(text, hostStart, hostEnd)
  return isGit ? none : [{ start: userStart, end: userEnd }]
}
