/** An expected outcome is a value: `ok` carries what was asked for, `err` says why not. A bug or a broken disk throws instead. */
export type Result<Value, Fault> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault }

/** The outcome asked for. */
export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

/** The outcome that is not what was asked for, and why. */
export function err<Fault>(fault: Fault): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault }
}
