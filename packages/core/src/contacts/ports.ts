import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { LaneStore, RecordStore } from "../kit/record.ts";

export interface Contacts extends RecordStore<Contact>, LaneStore<Contact> {}
