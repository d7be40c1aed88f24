import { Home, type HomeView } from '../../src/page/home.tsx'
import { accessPages } from './gallery-access.ts'
import { board, fullBoard } from './gallery-board.ts'
import { everyHostileText } from './hostile.ts'
import { plainTexts } from './sample-analysis.ts'

/** Every page with sample views, by name: what the goldens are made of. */
export const gallery: Readonly<Record<string, string>> = {
  'home-open': Home({ view: openView() }),
  'home-keyed': Home({ view: { ...openView(), needsKey: true } }),
  'home-paused': Home({ view: { ...openView(), isLive: false } }),
  'home-notice': Home({ view: { ...openView(), notice: 'This key has expired.' } }),
  ...accessPages(),
  ...board(plainTexts),
}

/** The pages of the dashboard with hostile texts in every field. */
export const hostileGallery: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(fullBoard(everyHostileText())).map(([name, html]) => [`${name}-hostile`, html]),
)

/** The longest name that the wire takes, of the widest letters. */
const longWord = 'W'.repeat(64)

/** Every page with such a word in place of each name; figures and sentences are ours, and a name at most stands in them. */
export const longGallery: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...accessPages(longWord), ...fullBoard((plain) => (/\d|^\S+ \S+$/.test(plain) ? plain : withLongWord(plain))) }).map(
    ([name, html]) => [`${name}-long`, html],
  ),
)

function withLongWord(plain: string): string {
  return plain.includes(' ') ? `${plain} ${longWord}` : longWord
}

/** A view with every text from outside, and none that is hostile. */
export function openView(): HomeView {
  return {
    origin: 'https://telemetry.example.org',
    eventsSinceStart: '1,234',
    startedAt: '2026-03-01 12:00',
    madeAt: '2026-03-01 12:34',
    needsKey: false,
    isLive: true,
    theme: 'auto',
  }
}
