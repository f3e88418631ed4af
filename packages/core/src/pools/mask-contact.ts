/** An e-mail address of which the first letter and the domain are left: `c***@example.com`. */
export function maskedEmail(email: string): string {
  const [first = ""] = email;
  return `${first}***${email.slice(email.lastIndexOf("@"))}`;
}

/** A phone number of which the first three digits and the last two are left, of a short one none. */
export function maskedPhone(phone: string): string {
  const count = phone.match(/\d/g)?.length ?? 0;
  let place = 0;
  return phone.replace(/\d/g, (digit) => {
    place += 1;
    return count >= 8 && (place <= 3 || place > count - 2) ? digit : "*";
  });
}
