/**
 * How every step of a workflow is tried again, as ASL: a step may run twice without a second effect, so whatever fails is
 * repeated, AWS's own faults patiently and anything else three times.
 */
export const retry = [
  {
    ErrorEquals: [
      "Lambda.ClientExecutionTimeoutException",
      "Lambda.ServiceException",
      "Lambda.AWSLambdaException",
      "Lambda.SdkClientException",
      "Lambda.TooManyRequestsException",
    ],
    IntervalSeconds: 2,
    MaxAttempts: 6,
    BackoffRate: 2,
  },
  { ErrorEquals: ["States.TaskFailed", "States.Timeout"], IntervalSeconds: 3, MaxAttempts: 3, BackoffRate: 2 },
];
