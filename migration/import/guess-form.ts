import type { FileForm } from './file-source.ts'

const lookedAtBytes = 4_096

/** How the records of a file are written, by its first bytes. */
export async function guessForm(path: string): Promise<FileForm> {
  const head = await Bun.file(path).slice(0, lookedAtBytes).bytes()
  const isPacked = head[0] === 0x1f && head[1] === 0x8b
  const text = new TextDecoder().decode(isPacked ? await firstUnpacked(path) : head)
  return { isArray: /^\uFEFF?\s*\[/.test(text), isPacked }
}

async function firstUnpacked(path: string): Promise<Uint8Array> {
  const reader = Bun.file(path).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return (value ?? new Uint8Array(0)).subarray(0, lookedAtBytes)
}
