import { installFakeHost } from '../src/test/host';

installFakeHost(new URLSearchParams(location.search).get('as') ?? 'enrolled');
await import('../src/main');
