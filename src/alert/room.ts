import { defaultTenant } from '../base/tenant.ts'

/** How many messages may go out within an hour: of one tenant, and of all but the first together. The first one so keeps its share whatever the others do. */
export type HourLimits = { readonly ofTenant: number; readonly ofOthers: number }

/** What is due beyond these waits. */
export const hourLimits: HourLimits = { ofTenant: 20, ofOthers: 100 }

/** The limits, and how many messages of each tenant went out within the hour. */
export type Room = { readonly limits: HourLimits; readonly told: ReadonlyMap<string, number> }

type Due = { readonly tenant: string; readonly isAlarm: boolean }

/** What of it may go out now: alarms before good news, and tenants by turns, so that none waits for the many of another. */
export function pickWithin<Item extends Due>(due: readonly Item[], { limits, told }: Room): readonly Item[] {
  const counts = new Map(told)
  let others = [...told].reduce((sum, [tenant, count]) => sum + (tenant === defaultTenant ? 0 : count), 0)
  return takeTurns(due).filter(({ tenant }) => {
    const count = counts.get(tenant) ?? 0
    const isOther = tenant !== defaultTenant
    if (count >= limits.ofTenant || (isOther && others >= limits.ofOthers)) return false
    counts.set(tenant, count + 1)
    if (isOther) others += 1
    return true
  })
}

function takeTurns<Item extends Due>(due: readonly Item[]): readonly Item[] {
  const turns = new Map<string, number>()
  return due
    .map((item) => {
      const key = `${item.isAlarm}/${item.tenant}`
      const turn = turns.get(key) ?? 0
      turns.set(key, turn + 1)
      return { item, turn }
    })
    .toSorted((one, other) => Number(other.item.isAlarm) - Number(one.item.isAlarm) || one.turn - other.turn)
    .map(({ item }) => item)
}
