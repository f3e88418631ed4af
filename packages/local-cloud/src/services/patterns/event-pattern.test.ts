import { describe, expect, it } from "vitest";
import type { Json } from "../../template/deployment.ts";
import { compileEventPattern } from "./event-pattern.ts";

const event: Json = {
  source: "aws.s3",
  "detail-type": "Object Created",
  detail: {
    bucket: { name: "uploads" },
    object: { key: "imports/imp_1/source.csv", size: 300 },
    tags: ["red", "Blue"],
    address: "10.0.3.7",
    v6: "2001:db8::7",
    note: null,
    flag: false,
    empty: [],
    star: "a*b",
    count: "12",
    items: [
      { sku: "A", amount: 1 },
      { sku: "B", amount: 20 },
    ],
  },
};

const detail = (pattern: Json): Json => ({ detail: pattern });

describe("matches", () => {
  it.each<[string, Json]>([
    ["an exact value", { source: ["aws.s3"] }],
    ["any value of a list", { source: ["aws.ec2", "aws.s3"] }],
    ["a nested field", detail({ bucket: { name: ["uploads"] } })],
    ["a number whatever its spelling", detail({ object: { size: [300.0] } })],
    ["null", detail({ note: [null] })],
    ["a boolean", detail({ flag: [false] })],
    ["a member of a list in the event", detail({ tags: ["Blue"] })],
    ["a prefix", detail({ object: { key: [{ prefix: "imports/" }] } })],
    ["a prefix that ignores case", detail({ object: { key: [{ prefix: { "equals-ignore-case": "IMPORTS/" } }] } })],
    ["a suffix", detail({ object: { key: [{ suffix: "/source.csv" }] } })],
    ["a suffix that ignores case", detail({ object: { key: [{ suffix: { "equals-ignore-case": ".CSV" } }] } })],
    ["text whatever its case", detail({ bucket: { name: [{ "equals-ignore-case": "UPLOADS" }] } })],
    ["anything but a value", detail({ bucket: { name: [{ "anything-but": "other" }] } })],
    ["anything but a list", detail({ bucket: { name: [{ "anything-but": ["other", "third"] }] } })],
    ["anything but a number", detail({ object: { size: [{ "anything-but": [1, 2] }] } })],
    ["anything but a prefix", detail({ object: { key: [{ "anything-but": { prefix: "exports/" } }] } })],
    ["anything but prefixes", detail({ object: { key: [{ "anything-but": { prefix: ["x", "y"] } }] } })],
    ["anything but a suffix", detail({ object: { key: [{ "anything-but": { suffix: ".txt" } }] } })],
    ["anything but a wildcard", detail({ object: { key: [{ "anything-but": { wildcard: "*/errors.csv" } }] } })],
    [
      "anything but text in any case",
      detail({ bucket: { name: [{ "anything-but": { "equals-ignore-case": "X" } }] } }),
    ],
    ["a number in a range", detail({ object: { size: [{ numeric: [">", 0, "<=", 300] }] } })],
    ["an equal number", detail({ object: { size: [{ numeric: ["=", 300] }] } })],
    ["a field that exists", detail({ note: [{ exists: true }] })],
    ["a field that does not exist", detail({ missing: [{ exists: false }] })],
    ["a field that does not exist under an object that does not", detail({ no: { such: [{ exists: false }] } })],
    ["a wildcard", detail({ object: { key: [{ wildcard: "imports/*/source.csv" }] } })],
    ["an escaped star", detail({ star: [{ wildcard: "a\\*b" }] })],
    ["an IPv4 range", detail({ address: [{ cidr: "10.0.0.0/16" }] })],
    ["an IPv6 range", detail({ v6: [{ cidr: "2001:db8::/32" }] })],
    ["one of several patterns", detail({ $or: [{ flag: [true] }, { bucket: { name: ["uploads"] } }] })],
    ["a mix of literal and operator", detail({ object: { size: [1, { numeric: [">=", 300] }] } })],
    ["two fields of one object in a list", detail({ items: { sku: ["B"], amount: [20] } })],
  ])("%s", (_, pattern) => {
    expect(compileEventPattern(pattern)(event)).toBe(true);
  });
});

describe("does not match", () => {
  it.each<[string, Json]>([
    ["another value", { source: ["aws.ec2"] }],
    ["another case", detail({ bucket: { name: ["Uploads"] } })],
    ["text that looks like the number", detail({ object: { size: ["300"] } })],
    ["a number that stands in quotes", detail({ count: [{ numeric: [">", 1] }] })],
    ["when one field of two differs", { source: ["aws.s3"], "detail-type": ["Object Deleted"] }],
    ["a prefix elsewhere", detail({ object: { key: [{ prefix: "source" }] } })],
    ["an excluded value", detail({ bucket: { name: [{ "anything-but": ["uploads"] }] } })],
    ["an excluded prefix", detail({ object: { key: [{ "anything-but": { prefix: ["x", "imp"] } }] } })],
    ["an absent field that is to differ", detail({ missing: [{ "anything-but": "x" }] })],
    ["a number out of range", detail({ object: { size: [{ numeric: ["<", 300] }] } })],
    ["a field that should not exist", detail({ flag: [{ exists: false }] })],
    ["an object where a leaf is asked for", detail({ bucket: [{ exists: true }] })],
    ["an empty list that should exist", detail({ empty: [{ exists: true }] })],
    ["a wildcard that needs more", detail({ object: { key: [{ wildcard: "imports/*/x.csv" }] } })],
    ["a dot that is no wildcard", detail({ object: { key: [{ wildcard: "imports/*/source_csv" }] } })],
    ["an address outside the range", detail({ address: [{ cidr: "10.1.0.0/16" }] })],
    ["none of several patterns", detail({ $or: [{ flag: [true] }, { note: ["x"] }] })],
    ["fields of two different objects in a list", detail({ items: { sku: ["B"], amount: [1] } })],
    ["a field below a scalar", { source: { name: ["aws.s3"] } }],
  ])("%s", (_, pattern) => {
    expect(compileEventPattern(pattern)(event)).toBe(false);
  });
});

describe("refuses", () => {
  it.each<[string, Json]>([
    ["a scalar in place of a list", { source: "aws.s3" }],
    ["an unknown operator", { source: [{ contains: "s3" }] }],
    ["two operators at once", { source: [{ prefix: "a", suffix: "b" }] }],
    ["an empty list", { source: [] }],
    ["an empty object", {}],
    ["$or with one pattern", { $or: [{ source: ["x"] }] }],
    ["numeric without a comparison", { n: [{ numeric: [1] }] }],
    ["an address that is none", { n: [{ cidr: "10.0.0/8" }] }],
    ["two stars in a row", { n: [{ wildcard: "a**b" }] }],
    ["exists with text", { n: [{ exists: "true" }] }],
  ])("%s", (_, pattern) => {
    expect(() => compileEventPattern(pattern)).toThrow(/event pattern/);
  });
});
