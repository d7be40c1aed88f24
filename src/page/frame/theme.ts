/** What a page looks like: as the system does (`auto`), or always light or dark. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** The cookie that holds the choice; without it, or with any other value, pages follow the system. */
export const themeCookie = 'theme'
/** Where the switch sends `theme` and `back`, the address it stood on. */
export const themePath = '/theme'

/** The theme a text names; `auto` for every other text. */
export function readTheme(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'auto'
}
