/** The code of a fault of a database, a file or a connection (`SQLITE_FULL`, `ENOENT`), or the name of any other error. Never its message, which may hold values. */
export function faultCode(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown'
  const code = 'code' in fault ? fault.code : undefined
  return typeof code === 'string' ? code : fault.name
}
