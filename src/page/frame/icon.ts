import svg from './icon.svg' with { type: 'text' }

/**
 * The icon as an address that holds it whole, so that a browser asks for nothing but the page and its style sheet. Only what would end the attribute or the
 * address is spelled out, since every page carries it.
 */
export const iconAddress = `data:image/svg+xml,${svg
  .trim()
  .replaceAll('"', "'")
  .replace(/[%#<>]/g, encodeURIComponent)}`
