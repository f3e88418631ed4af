export { openTable, type Table } from "./dynamo/kit/client.ts";
