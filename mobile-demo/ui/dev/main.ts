import { installFakeHost } from '../src/test/host';
import { states } from './states';

const as = new URLSearchParams(location.search).get('as') ?? 'enrolled';
const state = states[as];
installFakeHost(state ? 'enrolled' : as, state?.());
await import('../src/main');
