import type { Texts } from './sample-analysis.ts'

/** Texts that break what prints them without care. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</td></table><h1>x</h1>',
  '</title></svg></textarea><b>x</b>',
  '&lt;b&gt;&copy=1&#60;',
  'javascript:alert(1)',
  '\u202etxet desrever\u2066',
  '=HYPERLINK("http://example.org")',
  '{{7*7}}',
  'constructor',
  '__proto__',
  'a\nb\u0000c\u0007',
  'x'.repeat(10_240),
  'word '.repeat(2_048),
]

/** Each text of a sample becomes the next of the hostile ones. */
export function everyHostileText(): Texts {
  let place = 0
  return () => hostileTexts[place++ % hostileTexts.length] ?? ''
}
