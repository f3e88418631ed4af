import type { Condition } from "@shangji/contracts/kit/condition";
import type { Field, FieldCatalogue } from "@shangji/core/conditions/field";
import { foldName } from "@shangji/core/kit/fold";
import { dateIn } from "@shangji/core/kit/zone";

type Any = Readonly<Record<string, unknown>>;

export interface NaiveReader {
  userId: string;
  teamId?: string;
  teamIds: readonly string[];
  zone: string;
}

/**
 * Whether a record meets a condition, worked out from the meaning of each operator and with nothing of what the product makes
 * of it. Relative dates are not known here.
 */
export function naivelyMeets(condition: Condition, record: Any, fields: FieldCatalogue, reader: NaiveReader): boolean {
  const meets = (part: Condition) => naivelyMeets(part, record, fields, reader);
  if (condition.all) return condition.all.every(meets);
  if (condition.any) return condition.any.some(meets);
  if (condition.not) return !meets(condition.not);
  const field = fields[condition.field ?? ""];
  if (!field) throw new Error(`no field ${condition.field}`);
  const values = naiveValues(condition.field ?? "", field, { record, currency: condition.currency });
  const { eq, gt, gte, lt, lte, startsWith, contains, exists } = condition;
  const isOne = (wanted: unknown) =>
    wanted === undefined || values.some((value) => isEqual(value, wanted, field, reader));
  const isOrdered = (wanted: unknown, accepts: (difference: number) => boolean) =>
    wanted === undefined || values.some((value) => accepts(difference(value, wanted, field, reader)));
  return (
    isOne(eq) &&
    isOne(contains) &&
    (condition.in === undefined || condition.in.some((wanted) => isOne(wanted))) &&
    isOrdered(gt, (by) => by > 0) &&
    isOrdered(gte, (by) => by >= 0) &&
    isOrdered(lt, (by) => by < 0) &&
    isOrdered(lte, (by) => by <= 0) &&
    (startsWith === undefined || values.some((value) => foldName(String(value)).indexOf(foldName(startsWith)) === 0)) &&
    (exists === undefined || exists === values.length > 0)
  );
}

function naiveValues(name: string, field: Field, { record, currency }: { record: Any; currency: string | undefined }) {
  const amount = (code: string) => (record[field.money?.currency ?? ""] === code ? record[name] : undefined);
  const value = field.derive
    ? field.derive(record)
    : !field.money
      ? record[name]
      : currency === undefined
        ? record[field.money.base]
        : amount(currency);
  return [value].flat().filter((each) => each !== undefined && each !== null);
}

function isEqual(value: unknown, wanted: unknown, field: Field, reader: NaiveReader): boolean {
  if (field.kind === "user") return value === (wanted === "me" ? reader.userId : wanted);
  if (field.kind === "team" && wanted === "myTeam") return value === reader.teamId;
  if (field.kind === "team" && wanted === "myTeams") return reader.teamIds.includes(String(value));
  if (field.kind === "text" || field.kind === "texts") return foldName(String(value)) === foldName(String(wanted));
  if (field.kind === "instant") return difference(value, wanted, field, reader) === 0;
  return value === wanted;
}

/**
 * Below 0 when the value comes before what is wanted. A time stands for its day when a day is asked for, and a day for the
 * time at which it begins when a time is.
 */
function difference(value: unknown, wanted: unknown, { kind }: Field, { zone }: NaiveReader): number {
  if (kind === "number" || kind === "money") return Number(value) - Number(wanted);
  const isDay = kind === "date" || String(wanted).length === 10;
  const of = (date: string) => (isDay ? Date.parse(dateIn(zone, date)) : timeOf(date, zone));
  return of(String(value)) - of(String(wanted));
}

const quarterHour = 900_000;

/** Zones differ from UTC by quarters of an hour, and by fifteen hours at most. */
function timeOf(date: string, zone: string): number {
  let time = Date.parse(date);
  if (date.length > 10) return time;
  time -= 60 * quarterHour;
  while (dateIn(zone, new Date(time).toISOString()) < date) time += quarterHour;
  return time;
}
