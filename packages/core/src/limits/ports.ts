/** A minute of one caller, and what it may be used for at the most. */
export interface BudgetWindow {
  callerId: string;
  /** Minutes since 1970. */
  minute: number;
  /** Requests that the caller has in a minute. */
  limit: number;
}

/** What is asked for: as many requests as are wanted, or at the end of a budget no fewer than are needed. */
export interface Wish {
  wanted: number;
  needed: number;
}

/** What a reservation has come to. */
export interface Reservation {
  /** Requests that are the asker's now: what was wanted, or what was left if that is enough, or none. */
  granted: number;
  /** Requests of the window that anyone has reserved by now, these among them. */
  reserved: number;
}

/** How much of their budgets callers have reserved, for all processes. */
export interface BudgetStore {
  /** Reserves requests of a window, never more than its limit in all, whoever asks at the same time. */
  reserve(window: BudgetWindow, wish: Wish): Promise<Reservation>;
}

/** How a caller stands after a request. */
export interface Standing {
  isGranted: boolean;
  limit: number;
  /** As far as this process knows: others may have used some of it meanwhile. */
  remaining: number;
  /** Until the budget is whole again. */
  resetSeconds: number;
}

export interface Budgets {
  /** Charges a request, or some, to a caller with this many a minute. */
  charge(caller: { callerId: string; limit: number }, weight: number): Promise<Standing>;
}
