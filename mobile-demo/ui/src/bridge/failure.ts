// Why a call of the bridge, a sync or an enrolment did not do what was asked.
import type { Violation } from './contract';

/** Why a sync or an enrolment ended early; nothing is lost by any of them. */
export type Failure =
  | 'offline' // no way to the district at all
  | 'cut' // the link died or nothing came for too long
  | 'server' // the district's computer says that it fails (5xx, too busy)
  | 'badAnswer' // what came back does not read
  | 'revoked' // the district has withdrawn this phone
  | 'codeRefused' // enrolment: the code is wrong, used or expired
  | 'badAddress' // enrolment: that is no address of a district
  | 'dataSaver' // the phone's data saver forbids it now
  | 'full' // the phone has no room
  | 'file'; // the phone's file fails

/** Something of a record that was written since it was opened here. */
export interface MovedField {
  record: string;
  field: string;
  /** Of a row that is new, what its form is called. */
  label: string;
  /** As people read it; empty if it holds nothing. Of a row that is new, what it is called. */
  now: string;
}

export type BridgeFailure =
  | { kind: 'violations'; violations: Violation[] }
  | { kind: 'moved'; fields: MovedField[] }
  | { kind: 'failed'; failure: Failure }
  | {
      kind:
        | 'notEnrolled'
        | 'alreadyEnrolled'
        | 'unknownForm'
        | 'unknownRecord'
        | 'otherUnit'
        | 'reasonNeeded'
        | 'recordVoid'
        | 'tooLarge'
        | 'badState'
        | 'full'
        | 'file'
        | 'inUse'
        | 'newer'
        | 'unreadable'
        | 'practice'
        | 'request'
        | 'internal';
      /** For support; not for the holder. */
      detail?: string;
    };
