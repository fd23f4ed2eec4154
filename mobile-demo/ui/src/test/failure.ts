// What the fake host answers when it refuses.
import type { BridgeFailure } from '../bridge/contract';

export class FakeFailure extends Error {
  constructor(readonly failure: BridgeFailure) {
    super(failure.kind);
  }
}
