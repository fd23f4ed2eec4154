// A clock that stands still, for pictures that do not age. The programs have no option for it, and
// need none: libfaketime gives them this one in place of the machine's. Waits go on as usual.

/** What a process is started with so that it is always that instant for it. */
export function standingAt(instant: string): Record<string, string> {
  const told = new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
  return {
    // The loader puts in where this machine keeps its libraries.
    LD_PRELOAD: '/usr/$LIB/faketime/libfaketimeMT.so.1',
    FAKETIME: told,
    DONT_FAKE_MONOTONIC: '1',
    TZ: 'UTC',
  };
}
