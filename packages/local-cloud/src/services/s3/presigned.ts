import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { CloudContext } from "../../service.ts";
import { S3Fault } from "./s3-fault.ts";
import type { S3Request } from "./s3-request.ts";

const LONGEST_SECONDS = 7 * 86_400;

/** S3 action that a presigned URL of this method stands for. */
const ACTIONS: Readonly<Record<string, string>> = {
  GET: "s3:GetObject",
  HEAD: "s3:GetObject",
  PUT: "s3:PutObject",
  DELETE: "s3:DeleteObject",
};

/**
 * Decides who may make a request. A presigned URL must carry the right signature of a role's key, must not have
 * expired on the local clock, and its role must be allowed what it does. A request with an Authorization header is
 * taken as it is: what functions send is checked where it leaves them. Anything else is anonymous and refused.
 */
export async function authorize(request: S3Request, ctx: Pick<CloudContext, "iam" | "clock">): Promise<void> {
  if (!request.query.has("X-Amz-Signature")) {
    if (request.raw.headers.authorization === undefined) throw denied("Access Denied");
    return;
  }
  const accessKeyId = verifyPresigned(request, ctx);
  const roleArn = ctx.iam.roleOfAccessKey(accessKeyId) ?? "";
  const action = ACTIONS[request.method];
  const resource = `arn:aws:s3:::${request.bucket}/${request.key}`;
  if (action !== undefined && request.key !== "" && (await ctx.iam.isAllowed(roleArn, action, resource))) return;
  throw denied(`${roleArn} is not authorized to perform: ${action} on resource: "${resource}"`);
}

function verifyPresigned(request: S3Request, { iam, clock }: Pick<CloudContext, "iam" | "clock">): string {
  const { query } = request;
  const parameter = (name: string): string => {
    const value = query.get(name);
    if (value === null) throw malformed(`Query-string authentication needs ${name}`);
    return value;
  };
  const credential = parameter("X-Amz-Credential");
  const [accessKeyId = "", date = "", region = "", service = "", terminator] = credential.split("/");
  const amzDate = parameter("X-Amz-Date");
  const expires = Number(parameter("X-Amz-Expires"));
  if (parameter("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256" || terminator !== "aws4_request" || service !== "s3") {
    throw malformed("The algorithm or the credential's scope is not that of Signature Version 4 for S3");
  }
  if (!Number.isInteger(expires) || expires < 0) throw malformed("X-Amz-Expires must be a number of seconds");
  if (expires > LONGEST_SECONDS) throw malformed("X-Amz-Expires must be less than a week (in seconds); that is 604800");
  const signedAt = parseAmzDate(amzDate);
  if (Number.isNaN(signedAt) || !amzDate.startsWith(date)) throw malformed("X-Amz-Date does not fit the credential");
  const secret = iam.secretOfAccessKey(accessKeyId);
  if (secret === undefined) {
    throw new S3Fault(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", {
      AWSAccessKeyId: accessKeyId,
    });
  }
  const signed = parameter("X-Amz-SignedHeaders").split(";");
  const canonical = canonicalRequest(request, signed);
  const scope = [date, region, service, "aws4_request"];
  const toSign = ["AWS4-HMAC-SHA256", amzDate, scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>((secretSoFar, part) => hmac(secretSoFar, part), `AWS4${secret}`);
  requireEqual(hmac(key, toSign).toString("hex"), parameter("X-Amz-Signature"), { accessKeyId, canonical, toSign });
  const expiry = signedAt + expires * 1000;
  if (clock.now() > expiry) {
    throw denied("Request has expired", {
      "X-Amz-Expires": String(expires),
      Expires: new Date(expiry).toISOString(),
      ServerTime: new Date(clock.now()).toISOString(),
    });
  }
  requireHeadersSigned(request, signed);
  return accessKeyId;
}

function canonicalRequest({ raw, method, path }: S3Request, signed: readonly string[]): string {
  const search = (raw.url ?? "").split("?")[1] ?? "";
  const parameters = search
    .split("&")
    .filter((part) => part !== "" && !part.startsWith("X-Amz-Signature="))
    .map((part) => part.split("=").map((side) => encode(decodeURIComponent(side.replaceAll("+", " ")))))
    .map(([name = "", value = ""]) => `${name}=${value}`)
    .sort();
  const headers = signed.map((name) => {
    const value = raw.headers[name];
    return `${name}:${String(value ?? "")
      .trim()
      .replaceAll(/ +/g, " ")}\n`;
  });
  const canonicalPath = path
    .split("/")
    .map((part) => encode(decodeURIComponent(part)))
    .join("/");
  return [method, canonicalPath, parameters.join("&"), headers.join(""), signed.join(";"), "UNSIGNED-PAYLOAD"].join(
    "\n",
  );
}

/** A header that acts on S3 must be signed, or whoever holds the URL could add to what was granted. */
function requireHeadersSigned({ raw }: S3Request, signed: readonly string[]): void {
  const unsigned = Object.keys(raw.headers).filter(
    (name) => name.startsWith("x-amz-") && name !== "x-amz-content-sha256" && !signed.includes(name),
  );
  if (unsigned.length === 0) return;
  throw denied("There were headers present in the request which were not signed", {
    HeadersNotSigned: unsigned.join(", "),
  });
}

function requireEqual(
  expected: string,
  given: string,
  about: { readonly accessKeyId: string; readonly canonical: string; readonly toSign: string },
): void {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  if (one.length === other.length && timingSafeEqual(one, other)) return;
  throw new S3Fault(
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    { AWSAccessKeyId: about.accessKeyId, StringToSign: about.toSign, CanonicalRequest: about.canonical },
  );
}

function parseAmzDate(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

const denied = (message: string, details = {}): S3Fault => new S3Fault(403, "AccessDenied", message, details);
const malformed = (message: string): S3Fault => new S3Fault(400, "AuthorizationQueryParametersError", message);
