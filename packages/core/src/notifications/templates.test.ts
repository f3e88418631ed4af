import { NotificationKind } from "@shangji/contracts/notifications/schemas";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeMail, mostWrittenOut } from "./compose-mail.ts";
import { faultIn, mergeFields } from "./merge-fields.ts";
import { escapeHtml, plainValue, render, withoutLinks } from "./render.ts";
import { mailWords, recordWords, stands, templates } from "./templates.ts";

const languages = ["en", "zh-CN"] as const;
const known = (kind: NotificationKind): readonly string[] => mergeFields[kind];
const fieldsOf = (text: string) => [...text.matchAll(/\{([^}]*)\}/g)].map(([, field]) => field ?? "");

describe("D4 templates", () => {
  test.each(NotificationKind.options.flatMap((kind) => languages.map((language) => [kind, language] as const)))(
    "%s has its words in %s, and names no field that there is none of",
    (kind, language) => {
      const { title, text } = templates[kind][language];
      for (const words of [title, text]) {
        expect(words).not.toMatch(/[\p{Cc}<>]/u);
        expect(/[\u4e00-\u9fff]/.test(words)).toBe(language === "zh-CN");
        expect(faultIn(words, kind)).toBeUndefined();
      }
      const said = ["name", "by", "days", "records", "created", "updated"].filter((field) =>
        known(kind).includes(field),
      );
      // Whoever has ordered a hand-over knows by whom.
      expect(fieldsOf(text)).toEqual(expect.arrayContaining(kind.startsWith("hand_over") ? ["name"] : said));
    },
  );

  test("the words around them are there in both languages, with the same fields", () => {
    for (const words of [mailWords, stands, recordWords])
      expect(Object.keys(words["zh-CN"])).toEqual(Object.keys(words.en));
    for (const name of ["several", "more", "footer"] as const)
      expect(fieldsOf(mailWords["zh-CN"][name])).toEqual(fieldsOf(mailWords.en[name]));
  });

  test.each([
    ["a field of another kind", "{days}", "must hold no braces but those of {name} {by}"],
    ["a field that every object has", "{constructor} {__proto__}", "must hold no braces but those of {name} {by}"],
    ["a field in two pairs of braces", "{{name}}", "must hold no braces but those of {name} {by}"],
    ["braces that do not end", "{name", "must hold no braces but those of {name} {by}"],
    ["braces that do not begin", "name} {by}", "must hold no braces but those of {name} {by}"],
    ["blanks in braces", "{ name }", "must hold no braces but those of {name} {by}"],
    ["an expression", "#{7*7} $ {name}", "must hold no braces but those of {name} {by}"],
    ["a field very often", "{name}".repeat(11), "must name no more than 10 fields"],
    ["many braces", "{".repeat(1_000), "must hold no braces but those of {name} {by}"],
    ["its own fields", "{by}: {name} $& $1 [name] <b>", undefined],
    ["a field ten times", "{name}".repeat(10), undefined],
  ])("of the customer's own with %s: %j", (_name, text, fault) => {
    expect(faultIn(text, "lead_assigned")).toBe(fault);
  });

  test("of kinds without fields hold no braces", () => {
    expect(faultIn("{name}", "data_subject_request_failed")).toBe("must hold no braces");
    expect(faultIn("Stopped.", "data_subject_request_failed")).toBeUndefined();
  });

  test("a template that names another field is refused, even one that every object has", () => {
    expect(() => render("{nobody}", { name: "x" })).toThrow("a template names a field that there is none of");
    expect(() => render("{constructor}", { name: "x" })).toThrow("a template names a field that there is none of");
  });
});

describe("D4 hostile values stay inert", () => {
  test.each([
    ["a header", "x\r\nBcc: everyone@example.com", "x Bcc: everyone@example.com"],
    ["a line separator", "a\u2028b\u0085c\u0000d", "a b c d"],
    ["marks that turn the text around", "a\u202etxt.exe\u2066\u200bb", "a txt.exe b"],
    ["another field", "{by} {{name}}", "{by} {{name}}"],
    ["a formula", '=HYPERLINK("http://x")', '=HYPERLINK("http://x")'],
    ["nothing but blanks", " \t\n", ""],
    ["an object", { toString: () => "x" }, ""],
    ["deep JSON", JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`), ""],
  ])("%s", (_name, value, expected) => {
    expect(render("<{name}>", { name: value, by: "B" })).toBe(`<${expected}>`);
  });

  test("a megabyte is cut, between characters", () => {
    const value = plainValue("𠮷".repeat(500_000));
    expect([...value]).toHaveLength(120);
    expect(value.endsWith("𠮷…")).toBe(true);
    expect(value.isWellFormed()).toBe(true);
  });

  test("a mail shows the same in HTML as in text, in one line for each, whatever the values", () => {
    const nasty = fc.string({ unit: "binary", maxLength: 300 });
    const html = fc.constantFrom(
      "<script>alert(1)</script>",
      '"><img src=x onerror=1>',
      "&lt;b&gt;",
      "</li></ul>",
      "'",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(nasty, html), { minLength: 1, maxLength: 5 }), (values) => {
        const words = values.map((name) => ({
          title: render("T {name}", { name }),
          text: render("B {name}", { name }),
        }));
        const mail = composeMail(words, { to: "a@b.test", language: "en" });
        expect(mail.subject).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
        expect(mail.text.split("\n")).toHaveLength(values.length + 3);
        const items = [...mail.html.matchAll(/<li>(.*)<\/li>/g)].map(([, item]) => item ?? "");
        expect(items).toEqual(words.map(({ text }) => escapeHtml(text)));
        expect(items.join("")).not.toMatch(/[<>"']/);
      }),
    );
  });

  test("lines of a customer's text stay lines of its own notification", () => {
    const words = { title: "T", text: "One <b>\nTwo" };
    const mail = composeMail([words], { to: "a@b.test", language: "en" });
    expect(mail.text).toMatch(/^- One <b>\n {2}Two\n/);
    expect(mail.html).toContain("<li>One &lt;b&gt;<br>Two</li>");
  });

  test("a name brings no link into a mail", () => {
    expect(withoutLinks("See https://evil.test/a or WWW.evil.test")).toBe(
      "See https[:]//evil.test/a or WWW[.]evil.test",
    );
  });
});

describe("D4 digests", () => {
  test("of one notification have its title, of several their number; of very many the rest is counted", () => {
    const word = { title: "新线索：华为", text: "系统已将线索“华为”分配给您。" };
    const to = { to: "a@b.test", language: "zh-CN" } as const;
    expect(composeMail([word], to).subject).toBe("新线索：华为");
    expect(composeMail([word, word], to).subject).toBe("您有 2 条新通知");
    const many = composeMail(
      Array.from({ length: mostWrittenOut + 7 }, () => word),
      to,
    );
    expect(many.text).toContain("收件箱中还有 7 条。");
    expect(many.html.match(/<li>/g)).toHaveLength(mostWrittenOut);
  });
});
