import type { CloudContext } from "../../service.ts";
import type { Deployment, LocalResource } from "../../template/deployment.ts";
import { objectProperty } from "../../template/read-property.ts";
import { memberOf } from "../sources/mapping.ts";
import { Bucket } from "./bucket.ts";
import { readCors } from "./cors.ts";

/** Opens the buckets of a deployment by name; bodies lie in `root`. */
export function readBuckets({ deployment, dataDir }: CloudContext, root: string): ReadonlyMap<string, Bucket> {
  return new Map(
    deployment.ofType("AWS::S3::Bucket").map((resource) => {
      const settings = {
        name: resource.physicalId,
        arn: resource.arn,
        cors: readCors(resource),
        notifiesBus: notifiesBus(deployment, resource),
      };
      return [resource.physicalId, new Bucket(settings, root, dataDir !== undefined)];
    }),
  );
}

/** CloudFormation's own property, or the custom resource that the CDK uses for `eventBridgeEnabled`. */
function notifiesBus(deployment: Deployment, bucket: LocalResource): boolean {
  if (memberOf(objectProperty(bucket, "NotificationConfiguration"), "EventBridgeConfiguration") !== undefined)
    return true;
  return deployment
    .ofType("Custom::S3BucketNotifications")
    .some(
      (custom) =>
        custom.properties.BucketName === bucket.physicalId &&
        memberOf(objectProperty(custom, "NotificationConfiguration"), "EventBridgeConfiguration") !== undefined,
    );
}
