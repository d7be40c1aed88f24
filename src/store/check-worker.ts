import { answerCalls } from '../base/call.ts'
import { findDamage } from '../base/damage.ts'
import { standBack } from '../base/priority.ts'
import { checkStoreFile } from './check.ts'
import { checkSegmentFile } from './segment/check.ts'

/** What the checking thread is asked for: each method reads files and changes none. */
const handlers = {
  damage: (path: string) => findDamage(path),
  rollups: (path: string) => checkStoreFile(path).differing,
  segments: (path: string) => checkSegmentFile(path).differing,
}

export type CheckHandlers = typeof handlers

standBack() // A check may take minutes; whoever sends events or reads pages goes first.
answerCalls(handlers)
