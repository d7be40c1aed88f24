import { pageSlots, type SlotDay, slotBase, slotCount } from './rate-limit.ts'

/** A slot on disk: its place within the page (2 bytes) and the time its bucket is full, ms after `slotBase` rounded up (4 bytes). Little-endian. */
const slotBytes = 6

export type PagePlace = { readonly page: number; readonly rpm: number; readonly now: number }

/** The slots of a page that still limit somebody; empty when there is none, so that what has run out leaves the file. */
export function encodePage(slots: SlotDay, place: PagePlace): Uint8Array {
  const nowTicks = (place.now - slotBase(slots.day)) * place.rpm
  const view = new DataView(new ArrayBuffer(pageSlots * slotBytes))
  const start = place.page * pageSlots
  let end = 0
  for (let index = 0; index < pageSlots; index += 1) {
    const full = slots.fullAt.read(start + index)
    if (full <= nowTicks) continue
    view.setUint16(end, index, true)
    view.setUint32(end + 2, Math.ceil(full / place.rpm), true)
    end += slotBytes
  }
  return new Uint8Array(view.buffer, 0, end)
}

/** Puts a stored page back into its day. False for bytes that no page of ours can be; slots read until then stay. */
export function decodePage(bytes: Uint8Array, slots: SlotDay, place: PagePlace): boolean {
  if (bytes.length % slotBytes !== 0 || place.page < 0 || (place.page + 1) * pageSlots > slotCount) return false
  const nowMs = place.now - slotBase(slots.day)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let start = 0; start < bytes.length; start += slotBytes) {
    const index = view.getUint16(start, true)
    const fullMs = view.getUint32(start + 2, true)
    if (index >= pageSlots) return false
    if (fullMs > nowMs) slots.fullAt.write(place.page * pageSlots + index, fullMs * place.rpm)
  }
  return true
}
