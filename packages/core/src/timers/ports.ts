/** Records whose timers lie beside each other, and where the next ones begin. */
export interface TimerPage {
  ids: string[];
  next?: Record<string, unknown>;
}

/** Timers of one kind, spread over shards. */
export interface TimerLanes {
  /** How many shards there are. */
  shards: number;
  /** Records whose timers are due, earliest of a shard first, page by page. What was dealt with a moment ago may be among them. */
  due(at: string): AsyncIterable<string[]>;
  /** Records with timers, due or not, of one of the shards. */
  timers(shard: number, page: { limit: number; after?: Record<string, unknown> | undefined }): Promise<TimerPage>;
}

/** How far a change of rules has been followed: the shard, or other part of all, and the place in it. */
export interface ReplanProgress {
  shard: number;
  after?: Record<string, unknown>;
}

/** Progress by the event that told of the change. */
export interface ReplanProgresses {
  /** Strongly consistent; undefined before the first chunk. */
  get(cause: string): Promise<ReplanProgress | undefined>;
  put(cause: string, progress: ReplanProgress): Promise<void>;
}
