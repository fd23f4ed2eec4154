// The page's history: every screen and every question is one step back.
import { hashOf, readRoute, type Route } from './route';

interface Step {
  depth: number;
}

class Router {
  route = $state.raw<Route>(readRoute(location.hash));
  #depth = (history.state as Step | null)?.depth ?? 0;
  /** Where to go once the steps of a finished form have been taken back. */
  #after: Route | null = null;

  constructor() {
    history.replaceState({ depth: this.#depth }, '');
    addEventListener('popstate', () => this.#arrive());
  }

  get depth(): number {
    return this.#depth;
  }

  go(route: Route): void {
    location.hash = hashOf(route);
  }

  replace(route: Route): void {
    history.replaceState({ depth: this.#depth }, '', hashOf(route));
    this.route = route;
  }

  back(): void {
    if (this.#depth > 0) history.back();
    else this.replace({ name: 'home' });
  }

  /** Takes back every step since `depth` and stands on `route` instead. */
  leave(route: Route, depth: number): void {
    const steps = this.#depth - depth;
    if (steps <= 0) return this.replace(route);
    this.#after = route;
    history.go(-steps);
  }

  #arrive(): void {
    const known = (history.state as Step | null)?.depth;
    this.#depth = known ?? this.#depth + 1;
    if (known === undefined) history.replaceState({ depth: this.#depth }, '');
    const after = this.#after;
    this.#after = null;
    if (after) this.replace(after);
    else this.route = readRoute(location.hash);
  }
}

export const router = new Router();
