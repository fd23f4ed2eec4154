// From a key of the catalogue, or a failure of the bridge, to words.
import type { Failure, Language, Refused, Violation } from '../bridge/contract';
import { BridgeError, type CallFailure } from '../bridge/transport';
import { catalogue, type Given, type Key } from './catalogue';

export function word<K extends Key>(language: Language, key: K, ...given: Given<K>): string {
  const entry: unknown = catalogue[key][language];
  return typeof entry === 'function' ? (entry(...given) as string) : (entry as string);
}

const FAILURES: Record<Failure, Key> = {
  offline: 'failOffline',
  cut: 'failCut',
  server: 'failServer',
  badAnswer: 'failBadAnswer',
  revoked: 'revokedHelp',
  codeRefused: 'failCodeRefused',
  badAddress: 'failBadAddress',
  dataSaver: 'failDataSaver',
  full: 'failFull',
  file: 'failFile',
};

const KINDS: Record<Exclude<CallFailure['kind'], 'violations' | 'moved' | 'failed'>, Key> = {
  hostGone: 'errHostGone',
  notEnrolled: 'errNotEnrolled',
  alreadyEnrolled: 'errAlreadyEnrolled',
  unknownForm: 'errUnknownForm',
  unknownRecord: 'errUnknownRecord',
  otherUnit: 'errOtherUnit',
  reasonNeeded: 'errReasonNeeded',
  recordVoid: 'errRecordVoid',
  tooLarge: 'errTooLarge',
  badState: 'movedTitle',
  full: 'failFull',
  file: 'failFile',
  inUse: 'errInUse',
  newer: 'errNewer',
  unreadable: 'errUnreadable',
  practice: 'errPractice',
  request: 'errInternal',
  internal: 'errInternal',
};

const PROBLEMS: Record<Refused['problem'], Key> = {
  malformed: 'refusedMalformed',
  noGrant: 'refusedNoGrant',
  otherGeneration: 'refusedOtherGeneration',
  quarantined: 'refusedQuarantined',
  sealed: 'refusedSealed',
  damaged: 'refusedDamaged',
  full: 'refusedFull',
  other: 'refusedOther',
};

/** The key of the words for why a sync or an enrolment ended early. */
export function failureKey(failure: Failure): Key {
  return FAILURES[failure] ?? 'errInternal';
}

export function problemKey(problem: Refused['problem']): Key {
  return PROBLEMS[problem] ?? 'refusedOther';
}

/** Whether the district may take an entry later, so that nobody should write it again. */
export function mayStillEnter(problem: Refused['problem']): boolean {
  return problem === 'sealed' || problem === 'full';
}

/** The key of the words for whatever a call threw. */
export function errorKey(error: unknown): Key {
  if (!(error instanceof BridgeError)) return 'errInternal';
  const { failure } = error;
  if (failure.kind === 'failed') return failureKey(failure.failure);
  if (failure.kind === 'violations') return 'blockedHelp';
  if (failure.kind === 'moved') return 'movedTitle';
  return KINDS[failure.kind] ?? 'errInternal';
}

export function violationText(violation: Violation, language: Language): string {
  return language === 'vi' ? violation.vi : violation.en;
}
