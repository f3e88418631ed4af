import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { ShangjiApi } from "../constructs/http-api.ts";
import type { Customer } from "../customer.ts";
import type { AppStack } from "./app-stack.ts";

export interface ApiStackProps {
  readonly customer: Customer;
  readonly app: AppStack;
}

/**
 * The way in: the API with its routes, which are as many resources as all that runs behind them. It knows functions by
 * their ARNs alone, and can be made anew.
 */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, { customer, app }: ApiStackProps) {
    super(scope, id, {
      env: { region: app.region, ...(customer.account ? { account: customer.account } : {}) },
      description: `Shangji, API of ${customer.customer}`,
    });
    const { platform, authorizer, http } = app;
    const api = new ShangjiApi(this, "Api", { platform, authorizer, functions: http });
    new CfnOutput(this, "ApiUrl", { value: api.url });
  }
}
