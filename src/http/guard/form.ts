import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Principal } from '../../access/principal.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { late, within } from '../../base/within.ts'
import { refusePage } from '../refuse-page.ts'
import type { Visit } from '../route.ts'
import { readCookie } from './cookie.ts'
import type { Identity } from './identity.ts'

/** The hidden field of every form of ours. */
export const tokenField = 'token'

/** Forms are small; the largest holds a password or two. */
const formBytesMax = 16_384
/** How long a form may take to come. */
const formMs = 10_000
/** Bytes of a token: those of SHA-256. */
const tokenBytes = 32

export type FormParts = {
  readonly identity: Pick<Identity, 'isSecure'>
  /** Where clients reach the service: PUBLIC_URL. */
  readonly origin: () => string
}

/**
 * The token that ties a form to the browser which got it: keyed by the secret of the session's cookie, or before a sign-in by that of the form's cookie.
 * Another site can make a browser send a form, but neither read the token nor, since cookies are SameSite=Strict, have the cookie sent along.
 */
export function tokenOf(secret: string): string {
  return createHmac('sha256', secret).update('form').digest('base64url')
}

/** The token for the forms of an answer; empty where nothing ties them: whoever sends a key as Bearer needs none. */
export function formTokenOf(request: Request, peer: string | undefined, identity: Pick<Identity, 'isSecure'>): string {
  const secret = secretOf(request, identity.isSecure(request, peer))
  return secret === undefined ? '' : tokenOf(secret)
}

/** The secret that the forms of a request are tied to; undefined in a browser that never got a form of ours. */
export function secretOf(request: Request, isSecure: boolean): string | undefined {
  return readCookie(request.headers, 'session', isSecure) ?? readCookie(request.headers, 'form', isSecure)
}

/**
 * The fields of a form that this browser got from us; else the answer that refuses it. A key in the Authorization header needs no token: no other site
 * can have a browser send one.
 */
export async function readForm(
  request: Request,
  { principal, peer }: Pick<Visit, 'principal' | 'peer'>,
  { identity, origin }: FormParts,
): Promise<Result<URLSearchParams, Response>> {
  const isByKey = isByBareKey(principal)
  if (!isByKey && isFromElsewhere(request, origin())) return err(refusePage('form_foreign'))
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded(?:;|$)/i.test(type)) return err(refusePage('form_unreadable'))
  const text = await readFormText(request)
  if (text === undefined) return err(refusePage('form_unreadable'))
  const fields = new URLSearchParams(text)
  return isByKey || isOwn(request, peer, fields.get(tokenField), { identity, origin }) ? ok(fields) : err(refusePage('form_foreign'))
}

/** Whether somebody sent a key along: no other site can have a browser do that. */
export function isByBareKey(principal: Principal): boolean {
  return principal.kind === 'key' && principal.sessionId === undefined
}

/** Whether a request with this token comes from a page that its browser got from us. */
export function isOwn(request: Request, peer: string | undefined, token: string | null, { identity, origin }: FormParts): boolean {
  const secret = secretOf(request, identity.isSecure(request, peer))
  return !isFromElsewhere(request, origin()) && secret !== undefined && isTokenOf(secret, token)
}

/** The text of a form, whose length browsers always declare; undefined when it is too long or does not come whole and in time. */
export async function readFormText(request: Request, bytesMax = formBytesMax): Promise<string | undefined> {
  const declared = Number(request.headers.get('content-length') ?? Number.NaN)
  if (!(declared <= bytesMax)) return undefined
  const whole = request.text().catch(() => undefined) // The client hung up.
  const text = await within(formMs, whole)
  return text === late ? undefined : text
}

/**
 * Whether a browser says that another site sent this. Over TLS it says so in Sec-Fetch-Site. Over plain HTTP there is only Origin, which our own pages
 * make `null`, since they tell no one where a request came from; the token decides then, as it does without either header.
 */
export function isFromElsewhere({ headers }: Request, origin: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  const given = headers.get('origin')
  if (given === null || given === 'null') return false
  return given !== origin && hostOf(given) !== headers.get('host')
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

function isTokenOf(secret: string, given: string | null): boolean {
  const bytes = Buffer.from(given ?? '', 'base64url')
  return bytes.length === tokenBytes && timingSafeEqual(bytes, Buffer.from(tokenOf(secret), 'base64url'))
}
