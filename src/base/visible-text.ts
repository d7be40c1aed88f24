/**
 * A text as one line in which nothing is hidden: what breaks lines or moves a cursor is a blank, what turns the text around it or has no width is named by its
 * code point (`[U+202E]`), so that two names which look alike can be told apart. Doing it again changes nothing.
 */
export function visibleText(text: string): string {
  return text.replace(breaks, ' ').replace(hidden, nameSign)
}

/** Matches line breaks of any kind, escape and every other control character; must not match a blank or `ä`. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu

/** Arabic, Syriac and Kaithi signs are of this class and can be seen. */
const seen = '\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}'
/** Joiners have a meaning inside emoji and between letters that join, where no ASCII stands beside them. */
const joining = '(?<=[^\\x00-\\x7f\\p{Cf}])[\\u200c\\u200d](?=[^\\x00-\\x7f\\p{Cf}])'

/** Matches U+202E, a zero-width space, a soft hyphen, a blank letter of Hangul; must not match what joins two parts of an emoji. */
const hidden = new RegExp(`(?!${joining})(?![${seen}])[\\p{Cf}\\u115f\\u1160\\u3164\\uffa0]`, 'gu')

function nameSign(sign: string): string {
  return `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
}
