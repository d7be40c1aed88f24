import type { PocketBasePart } from '../../part/pocketbase.ts'

const texts = [
  'random_id',
  'nsapp',
  'os_type',
  'os_version',
  'pve_version',
  'method',
  'gpu_model',
  'cpu_model',
  'ram_speed',
  'repo_source',
  'disableip6',
]
const numbers = ['ct_type', 'disk_size', 'core_count', 'ram_size', 'exit_code', 'install_duration']

/** A collection as an earlier service kept it: a select that lacks newer values, required fields, its own fields, error as one long text. */
export const earlierCollection = {
  type: 'base',
  listRule: '',
  fields: [
    ...texts.map((name) => ({ name, type: 'text', max: name === 'random_id' ? 64 : 0 })),
    { name: 'execution_id', type: 'text', max: 64 },
    ...numbers.map((name) => ({ name, type: 'number', ...(name === 'ct_type' && { min: 0, max: 1 }) })),
    { name: 'error', type: 'text', max: 131_072 },
    { name: 'type', type: 'select', maxSelect: 1, required: true, values: ['lxc', 'vm', 'addon', 'pve'] },
    { name: 'status', type: 'select', maxSelect: 1, values: ['installing', 'success', 'failed', 'unknown'] },
    { name: 'error_category', type: 'select', maxSelect: 1, values: ['network', 'storage', 'unknown', 'legacy'] },
    { name: 'gpu_vendor', type: 'text' },
    { name: 'gpu_passthrough', type: 'text' },
    { name: 'cpu_vendor', type: 'text' },
    { name: 'old_created', type: 'date' },
    { name: 'pipeline', type: 'json' },
    { name: 'created', type: 'autodate', onCreate: true },
    { name: 'updated', type: 'autodate', onCreate: true, onUpdate: true },
  ],
} as const

/** Makes the collection, with the unique index on the ids that are there. */
export async function createEarlierCollection(pocketbase: PocketBasePart, name: string): Promise<void> {
  const indexes = [`CREATE UNIQUE INDEX \`idx_${name}_old\` ON \`${name}\` (\`execution_id\`) WHERE \`execution_id\` != ''`]
  await pocketbase.ask('POST', '/api/collections', { ...earlierCollection, name, indexes })
}
