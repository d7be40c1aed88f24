import { hex } from '../character.ts'
import { classSigns, recognizeForms } from '../formed.ts'

/** Unique identifiers in their usual form; found only where they are asked for, since most name nobody. */
export const uuid = recognizeForms({
  name: 'uuid',
  type: 'UUID',
  score: 1,
  signs: classSigns(hex, hex, hex, hex),
  forms: [{ pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iy }],
  examples: {
    hidden: [['run 7d1f3c5a-0001-4b6e-9c2d-000000000001.', 'run <UUID>.']],
    kept: ['7d1f3c5a-0001-4b6e-9c2d-00000000000', '7d1f3c5a00014b6e9c2d000000000001', 'x7d1f3c5a-0001-4b6e-9c2d-000000000001'],
  },
})
