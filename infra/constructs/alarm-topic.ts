import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";

/** The topic that tells one mailbox of alarms; CloudWatch may publish to it, and only over TLS. */
export function alarmTopic(scope: Construct, id: string, { email, key }: { email: string; key: IKey }): Topic {
  const topic = new Topic(scope, id, { masterKey: key, enforceSSL: true });
  topic.addSubscription(new EmailSubscription(email));
  // A topic with a policy of its own no longer lets its account's alarms in.
  topic.grantPublish(new ServicePrincipal("cloudwatch.amazonaws.com"));
  return topic;
}
