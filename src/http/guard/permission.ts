import type { Need } from '../../access/permission.ts'

/** What one route asks of who comes, and how it refuses. */
export type Permission = {
  /** `ingest`: the gate before the events decides, by INGEST_ACCESS and the rate limit; `cloak`: the one before the cloak API, by its keys and CLOAK_ACCESS. */
  readonly need: Need | 'ingest' | 'cloak'
  /** How somebody is turned away: a page sends to the sign-in, an API answers JSON. */
  readonly face: 'page' | 'json'
  /** PUBLIC_DASHBOARD opens it to everybody, as aggregates: the handler then sees the principal `public`. */
  readonly opens?: true
  /** Only for the tenant whose people run the service: it reaches beyond one tenant. */
  readonly ofService?: true
  /** Also open to a request that comes from this machine itself, through no proxy. */
  readonly local?: true
}

export type RouteName = `${'GET' | 'POST'} /${string}`
export type PermissionTable = Readonly<Record<RouteName, Permission>>

/**
 * The one table of who may ask what. The server does not start with a route that is not in it, and a request is refused before its handler runs.
 * Whether a route changes something or shows something of one tenant only is the handler's part; that somebody got so far is decided here.
 */
export const permissions: PermissionTable = {
  'POST /telemetry': { need: 'ingest', face: 'json' },
  'POST /telemetry/batch': { need: 'ingest', face: 'json' },

  'GET /': { need: 'public', face: 'page', opens: true },
  'GET /healthz': { need: 'public', face: 'json' },
  'GET /dashboard': { need: 'read', face: 'page', opens: true },
  'GET /script-analysis': { need: 'read', face: 'page', opens: true },
  'GET /scripts/:name': { need: 'read', face: 'page', opens: true },
  'GET /error-analysis': { need: 'read', face: 'page', opens: true },
  'GET /errors/:fingerprint': { need: 'read', face: 'page', opens: true },
  'POST /errors/:fingerprint': { need: 'maintain', face: 'page' },
  'POST /errors/:fingerprint/issue': { need: 'maintain', face: 'page' },
  'GET /records': { need: 'read', face: 'page' },
  'GET /records/:id': { need: 'read', face: 'page' },
  'GET /alerts': { need: 'read', face: 'page' },
  'POST /alerts': { need: 'maintain', face: 'page' }, // The handler sends test messages for who runs the service alone.
  'GET /alerts/:id': { need: 'read', face: 'page' },
  'POST /alerts/:id': { need: 'maintain', face: 'page' },
  'GET /system': { need: 'read', face: 'page' },
  'GET /api': { need: 'public', face: 'page' },
  'POST /theme': { need: 'public', face: 'page' },
  'GET /style.css': { need: 'public', face: 'page' },

  'GET /api/records': { need: 'read', face: 'json' },
  'GET /api/records/:id': { need: 'read', face: 'json' },
  'GET /metrics': { need: 'read', face: 'json', local: true, ofService: true }, // It counts the runs of all tenants.

  'GET /api/dashboard': { need: 'read', face: 'json', opens: true },
  'GET /api/scripts': { need: 'read', face: 'json', opens: true },
  'GET /api/errors': { need: 'read', face: 'json', opens: true },
  'GET /api/repo-slugs': { need: 'read', face: 'json', opens: true },
  'GET /api/cleanup/status': { need: 'read', face: 'json' },
  'POST /api/cleanup/run': { need: 'public', face: 'json' }, // The handler asks for the password, or for an admin key.
  'POST /api/github/create-issue': { need: 'public', face: 'json' }, // The handler asks for a maintainer, an admin key, or the password.
  'GET /api/exit-codes': { need: 'public', face: 'json' },
  'GET /api/alerts': { need: 'read', face: 'json' },
  'POST /api/alerts/test': { need: 'maintain', face: 'json', ofService: true }, // Whom it reaches is set for the whole service.
  'GET /api/openapi.json': { need: 'public', face: 'json' },
  'GET /api/v1/overview': { need: 'read', face: 'json', opens: true },
  'GET /api/v1/scripts': { need: 'read', face: 'json', opens: true },
  'GET /api/v1/scripts/:name': { need: 'read', face: 'json', opens: true },
  'GET /api/v1/errors': { need: 'read', face: 'json', opens: true },
  'GET /api/v1/errors/:fingerprint': { need: 'read', face: 'json', opens: true },
  'GET /api/v1/runs': { need: 'read', face: 'json' },
  'GET /api/v1/runs/:id': { need: 'read', face: 'json' },
  'POST /api/v1/erasures': { need: 'admin', face: 'json' },
  'GET /export/:file': { need: 'read', face: 'json' },

  'GET /health': { need: 'public', face: 'json' },
  'GET /entities': { need: 'public', face: 'json' },
  'POST /analyze': { need: 'cloak', face: 'json' },
  'POST /anonymize': { need: 'cloak', face: 'json' },
  'POST /anonymize/docx': { need: 'cloak', face: 'json' },
  'POST /anonymize/batch': { need: 'cloak', face: 'json' },

  'GET /sign-in': { need: 'public', face: 'page' },
  'POST /sign-in': { need: 'public', face: 'page' },
  'GET /setup/:token': { need: 'public', face: 'page' },
  'POST /setup/:token': { need: 'public', face: 'page' },
  'POST /sign-out': { need: 'session', face: 'page' },
  'GET /account': { need: 'session', face: 'page' },
  'POST /account/password': { need: 'session', face: 'page' },
  'POST /sessions/:id': { need: 'session', face: 'page' },
  'GET /users': { need: 'admin', face: 'page' },
  'POST /users': { need: 'admin', face: 'page' },
  'POST /users/:name': { need: 'admin', face: 'page' },
  'GET /audit': { need: 'admin', face: 'page' },
  'GET /keys': { need: 'admin', face: 'page' },
  'POST /keys': { need: 'admin', face: 'page' },
  'POST /keys/:id': { need: 'admin', face: 'page' },
}

/** What the second listener of METRICS_ADDR serves: the operator keeps that address inside the network. */
export const metricsPermissions: PermissionTable = { 'GET /metrics': { need: 'public', face: 'json' } }
