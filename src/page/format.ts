// Messages write numbers and times as pages do.
export * from '../base/format.ts'
