import { version } from '../../base/version.ts'
import { entityCategories, entityNames, entityTypes } from '../../cloak/entity-type.ts'
import { modes } from '../../cloak/operator.ts'

/** The answer of `GET /health`. */
export const healthText = JSON.stringify({
  endpoints: {
    analyze: '/analyze',
    anonymize: '/anonymize',
    entities: '/entities',
    health: '/health',
    metrics: '/metrics',
  },
  service: 'piicloak',
  status: 'ok',
  version,
})

/** The answer of `GET /entities`. */
export const entitiesText = JSON.stringify({
  categories: Object.fromEntries(
    entityCategories
      .toSorted()
      .map((category) => [category, entityNames.filter((name) => entityTypes[name].category === category)] as const),
  ),
  modes,
  supported_entities: entityNames,
})
