import { style } from '../../src/page/frame/style.ts'
import { gallery, hostileGallery, longGallery } from './gallery.tsx'

/** The policy that pages of the service have. */
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
/** Browsers keep what all pages share. */
const kept = { 'Cache-Control': 'max-age=3600' }
const all: Readonly<Record<string, string>> = { ...gallery, ...hostileGallery, ...longGallery }

export type ServedGallery = { readonly url: string; readonly names: readonly string[]; stop(): Promise<void> }

/** Serves every page of the gallery under its name, as the service would, and a list of them at `/`. */
export function serveGallery(port = 0): ServedGallery {
  const server = Bun.serve({ port, hostname: '127.0.0.1', fetch: ({ url }) => answer(new URL(url).pathname) })
  return { url: `http://127.0.0.1:${server.port}`, names: Object.keys(all), stop: () => server.stop(true) }
}

function answer(path: string): Response {
  if (path === '/style.css') return new Response(style, { headers: { 'Content-Type': 'text/css; charset=utf-8', ...kept } })
  const html = path === '/' ? list() : all[path.slice(1)]
  if (html === undefined) return new Response('no such page in the gallery\n', { status: 404 })
  return new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy } })
}

function list(): string {
  const links = Object.keys(all).map((name) => `<li><a href="/${name}">${name}</a></li>`)
  return `<!doctype html><html lang="en"><title>gallery</title><link rel="stylesheet" href="/style.css"><main><h1>Gallery</h1><ul>${links.join('')}</ul></main></html>`
}

if (import.meta.main) process.stdout.write(`the gallery is at ${serveGallery(8_081).url}\n`)
