import { exportDays } from "@shangji/contracts/exports/retention";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  HttpMethods,
  type IBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { Customer } from "../customer.ts";

/** Long enough to fetch the file with everything about a person, and no longer. */
const subjectExportDays = 7;

const ownedByUs = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
};

/**
 * Uploaded CSVs, the files of their errors, and exports. They are copies of what the customer has elsewhere and hold personal data,
 * so they have no versions and are gone after the customer's days; who touched them stands in the access logs.
 */
export class ImportsBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { customer, key }: { customer: Customer; key: IKey }) {
    super(scope, id);
    // The class and its interface differ in how they write an optional property, no more.
    const accessLogs = this.#accessLogs(customer) as IBucket;
    this.bucket = new Bucket(this, "Bucket", {
      ...ownedByUs,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      versioned: false,
      serverAccessLogsBucket: accessLogs,
      lifecycleRules: [
        {
          id: "forget-imports",
          prefix: "imports/",
          expiration: Duration.days(customer.retention.importDays),
        },
        { id: "forget-exports", prefix: "subject-exports/", expiration: Duration.days(subjectExportDays) },
        { id: "forget-list-exports", prefix: "exports/", expiration: Duration.days(exportDays) },
        { id: "abort-uploads", abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      ...(customer.corsOrigins.length > 0
        ? {
            cors: [
              {
                allowedOrigins: customer.corsOrigins,
                allowedMethods: [HttpMethods.PUT],
                allowedHeaders: ["content-type", "content-length", "if-none-match"],
                exposedHeaders: ["etag"],
                maxAge: 3600,
              },
            ],
          }
        : {}),
    });
    // The L2 would switch notifications on by a function of its own; the property alone does it without one.
    // L1 of a Bucket is always this class.
    (this.bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
  }

  #accessLogs(customer: Customer): Bucket {
    return new Bucket(this, "AccessLogs", {
      ...ownedByUs,
      // S3 cannot deliver access logs under a customer's own key.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ id: "forget-logs", expiration: Duration.days(customer.retention.logDays) }],
    });
  }
}
