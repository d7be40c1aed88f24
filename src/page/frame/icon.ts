import svg from './icon.svg' with { type: 'text' }

/** The icon as an address that holds it whole, so that a browser asks for nothing but the page and its style sheet. */
export const iconAddress = `data:image/svg+xml,${encodeURIComponent(svg.trim())}`
