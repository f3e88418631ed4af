/** Most requests of a stage or of one of its routes: a second in the long run, and at once. */
export interface ThrottleRules {
  readonly perSecond: number;
  readonly burst: number;
}

/** The token bucket of a stage or of a route, as API Gateway keeps one over all callers; time is the machine's own. */
export class Throttle {
  readonly #rules: ThrottleRules;
  readonly #nowMs: () => number;
  #tokens: number;
  #at: number;

  constructor(rules: ThrottleRules, nowMs: () => number = () => performance.now()) {
    this.#rules = rules;
    this.#nowMs = nowMs;
    this.#tokens = rules.burst;
    this.#at = nowMs();
  }

  /** Whether one more request may pass now. */
  take(): boolean {
    const now = this.#nowMs();
    const { perSecond, burst } = this.#rules;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
