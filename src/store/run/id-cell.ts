/** An id as it lies in a column: 0 for the UUID that the run's key spells (no byte), 16 bytes for another UUID, text for any other id. */
export type IdCell = 0 | Uint8Array | string

/** Matches 0190a5f3-7c1e-7000-8000-00000000002a; not upper case, which would come back as lower case. */
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The cell of an id of the run whose key spells `keyText`. */
export function storeId(id: string, keyText: string): IdCell {
  return id === keyText ? 0 : (uuidBytes(id) ?? id)
}

/** The 16 bytes of a UUID in lower case; nothing for any other text. */
export function uuidBytes(id: string): Uint8Array | undefined {
  return uuidForm.test(id) ? Uint8Array.fromHex(id.replaceAll('-', '')) : undefined
}

/** 16 bytes as the text of a UUID. */
export function uuidText(bytes: Uint8Array): string {
  const hex = bytes.toHex()
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
