/** A bounded memory of what was looked up lately. It forgets the older half at a time, so a flood of new names costs no more than a few known ones. */
export type Recent<Value> = {
  get(name: string): Value | undefined
  set(name: string, value: Value): void
  delete(name: string): void
  size(): number
}

/** Holds at most `entriesMax` names: two generations of half that many, of which the older one is dropped when the younger is full. */
export function createRecent<Value>(entriesMax: number): Recent<Value> {
  const generationMax = Math.max(1, Math.floor(entriesMax / 2))
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()

  function get(name: string): Value | undefined {
    const value = young.get(name)
    if (value !== undefined) return value
    const older = old.get(name)
    if (older !== undefined) set(name, older)
    return older
  }

  function set(name: string, value: Value): void {
    if (young.size >= generationMax && !young.has(name)) {
      old = young
      young = new Map()
    }
    young.set(name, value)
  }

  function remove(name: string): void {
    young.delete(name)
    old.delete(name)
  }

  return { get, set, delete: remove, size: () => young.size + old.size }
}
