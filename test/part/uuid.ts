/** A UUID of version 4 that a test can name by its number. */
export function uuidOf(number: number): string {
  return `0190a5f3-7c1e-4b7a-8c1d-${number.toString(16).padStart(12, '0')}`
}
