const RealDate = Date;

let offsetMs = 0;

/**
 * Makes `Date` of this thread tell moved time: `Date.now()`, `new Date()` and `Date()` are ahead of real time by the
 * offset. Timers and `performance` stay real. Safe to call again.
 */
export function moveDate(newOffsetMs: number): void {
  offsetMs = newOffsetMs;
  if (globalThis.Date !== RealDate) return;
  globalThis.Date = MovedDate;
  // Some libraries tell a date by `value.constructor === Date`.
  RealDate.prototype.constructor = MovedDate;
}

const movedNow = (): number => RealDate.now() + offsetMs;

// A function, not a class: `Date()` without `new` is legal, and both constructors must share one prototype so that
// `instanceof` answers the same whichever of them a library has taken hold of.
const MovedDate = function (this: unknown, ...given: unknown[]): unknown {
  if (new.target === undefined) return new RealDate(movedNow()).toString();
  return Reflect.construct(RealDate, given.length === 0 ? [movedNow()] : given, new.target);
} as unknown as DateConstructor; // its statics follow below

Object.defineProperties(MovedDate, {
  prototype: { value: RealDate.prototype },
  length: { value: RealDate.length },
  name: { value: "Date" },
  now: { value: movedNow, writable: true, configurable: true },
  parse: { value: RealDate.parse, writable: true, configurable: true },
  UTC: { value: RealDate.UTC, writable: true, configurable: true },
});
