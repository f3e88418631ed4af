import type { FiledKind, NotificationKind } from "@shangji/contracts/notifications/schemas";
import type { NotificationTemplate } from "@shangji/contracts/notifications/templates";

export type ReaderLanguage = "en" | "zh-CN";

/** The product's words of every kind of notification; `{field}` stands for a value. What they may name, `merge-fields.ts` says. */
export const templates: Readonly<Record<NotificationKind, Record<ReaderLanguage, NotificationTemplate>>> = {
  lead_assigned: {
    en: { title: "A lead for you: {name}", text: "{by} gave you the lead “{name}”." },
    "zh-CN": { title: "新线索：{name}", text: "{by}已将线索“{name}”分配给您。" },
  },
  lead_unassigned: {
    en: {
      title: "Nobody for a lead: {name}",
      text: "Nobody could take the lead “{name}”, and there is no pool for it. It stays new.",
    },
    "zh-CN": { title: "线索无人可接：{name}", text: "线索“{name}”暂无人员可接，也没有可用的公海，仍为新线索。" },
  },
  lead_response_due: {
    en: { title: "Answer soon: {name}", text: "{by} reminds you that the lead “{name}” waits for an answer." },
    "zh-CN": { title: "即将超时：{name}", text: "{by}提醒您：线索“{name}”尚待响应。" },
  },
  lead_response_missed: {
    en: {
      title: "Not answered in time: {name}",
      text: "{by} noted that you did not answer the lead “{name}” in time.",
    },
    "zh-CN": { title: "响应超时：{name}", text: "{by}记录到您未按时响应线索“{name}”。" },
  },
  lead_response_escalated: {
    en: {
      title: "Nobody has answered: {name}",
      text: "{by} brings you the lead “{name}”, which nobody answered in time.",
    },
    "zh-CN": { title: "线索无人响应：{name}", text: "{by}向您上报：线索“{name}”无人按时响应。" },
  },
  lead_recycle_due: {
    en: {
      title: "Follow up: {name}",
      text: "{by} reminds you to follow up the lead “{name}”. Days left until it goes to a pool: {days}.",
    },
    "zh-CN": {
      title: "{days}天后回收：{name}",
      text: "{by}提醒您：请尽快跟进线索“{name}”，否则将于{days}天后回收至公海。",
    },
  },
  lead_recycled: {
    en: { title: "Back in a pool: {name}", text: "{by} put the lead “{name}” into a pool, as nobody followed it up." },
    "zh-CN": { title: "已回收：{name}", text: "线索“{name}”长期未跟进，已由{by}回收至公海。" },
  },
  account_recycle_due: {
    en: {
      title: "Follow up: {name}",
      text: "{by} reminds you of the account “{name}”. Days left until it goes to a pool: {days}.",
    },
    "zh-CN": {
      title: "{days}天后回收：{name}",
      text: "{by}提醒您：客户“{name}”将于{days}天后回收至公海。",
    },
  },
  account_recycled: {
    en: {
      title: "Back in a pool: {name}",
      text: "{by} put the account “{name}” into a pool by your organisation's rules.",
    },
    "zh-CN": { title: "已回收：{name}", text: "客户“{name}”已由{by}按规则回收至公海。" },
  },
  opportunity_assigned: {
    en: { title: "An opportunity for you: {name}", text: "{by} gave you the opportunity “{name}”." },
    "zh-CN": { title: "新商机：{name}", text: "{by}已将商机“{name}”分配给您。" },
  },
  account_assigned: {
    en: { title: "An account for you: {name}", text: "{by} gave you the account “{name}”." },
    "zh-CN": { title: "新客户：{name}", text: "{by}已将客户“{name}”分配给您。" },
  },
  contact_assigned: {
    en: { title: "A contact for you: {name}", text: "{by} gave you the contact “{name}”." },
    "zh-CN": { title: "新联系人：{name}", text: "{by}已将联系人“{name}”分配给您。" },
  },
  records_handed_over: {
    en: {
      title: "Handed over to you: {count}",
      text: "{by} handed over to you what {name} had: {count} records and teams.",
    },
    "zh-CN": { title: "收到移交：{count}项", text: "{by}已将{name}名下的{count}项记录和团队移交给您。" },
  },
  hand_over_completed: {
    en: { title: "Handed over: {name}", text: "What {name} had is handed over: {count} records and teams." },
    "zh-CN": { title: "移交完成：{name}", text: "{name}名下的{count}项记录和团队已全部移交。" },
  },
  hand_over_failed: {
    en: {
      title: "Not all handed over: {name}",
      text: "Handing over what {name} had has stopped after {count} records and teams. Order it again for the rest.",
    },
    "zh-CN": { title: "移交中断：{name}", text: "{name}名下的移交在完成{count}项后中断，请重新发起以移交其余部分。" },
  },
  export_completed: {
    en: { title: "Export ready: {records}", text: "Your export of {records} is ready, with {count} records." },
    "zh-CN": { title: "导出完成：{records}", text: "您的{records}导出文件已生成，共{count}条记录。" },
  },
  export_failed: {
    en: {
      title: "Export failed: {records}",
      text: "Your export of {records} has failed. It says itself for what reason.",
    },
    "zh-CN": { title: "导出失败：{records}", text: "您的{records}导出失败，原因见该导出的详情。" },
  },
  import_completed: {
    en: {
      title: "Import finished: {records}",
      text: "Your import of {records} has finished. Of {count} rows, {created} were added, {updated} changed, and {failed} failed.",
    },
    "zh-CN": {
      title: "导入完成：{records}",
      text: "您的{records}导入已完成：共{count}行，新增{created}行，更新{updated}行，失败{failed}行。",
    },
  },
  import_tried: {
    en: {
      title: "Import tried: {records}",
      text: "The trial of your import of {records} has finished. Of {count} rows, {created} would be added, {updated} changed, and {failed} would fail.",
    },
    "zh-CN": {
      title: "试导入完成：{records}",
      text: "您的{records}试导入已完成：共{count}行，将新增{created}行，更新{updated}行，失败{failed}行。",
    },
  },
  import_failed: {
    en: {
      title: "Import stopped: {records}",
      text: "Your import of {records} has stopped. It says itself for what reason; {created} rows were added and {updated} changed, and stay so.",
    },
    "zh-CN": {
      title: "导入中断：{records}",
      text: "您的{records}导入已中断，原因见该导入的详情；已新增的{created}行和已更新的{updated}行保留。",
    },
  },
  data_subject_request_failed: {
    en: {
      title: "A person's data: request failed",
      text: "The export or the erasure of a person's data that you have asked for has stopped. The request says for what reason.",
    },
    "zh-CN": { title: "个人数据请求失败", text: "您提交的个人数据导出或删除请求未能完成，原因见该请求的详情。" },
  },
};

/** What stands for a value that there is none of. */
export const stands: Readonly<Record<ReaderLanguage, Readonly<Record<"hidden" | "system" | "somebody", string>>>> = {
  en: { hidden: "a record that you cannot see", system: "The system", somebody: "Somebody" },
  "zh-CN": { hidden: "您无权查看的记录", system: "系统", somebody: "有人" },
};

/** What records of a file are called. */
export const recordWords: Readonly<Record<ReaderLanguage, Readonly<Record<FiledKind, string>>>> = {
  en: {
    account: "accounts",
    contact: "contacts",
    opportunity: "opportunities",
    lead: "leads",
    product: "products",
    user: "users",
  },
  "zh-CN": { account: "客户", contact: "联系人", opportunity: "商机", lead: "线索", product: "产品", user: "用户" },
};

/** The words around notifications in a mail; `{count}` is how many. */
export const mailWords: Readonly<Record<ReaderLanguage, Readonly<Record<"several" | "more" | "footer", string>>>> = {
  en: {
    several: "{count} new notifications",
    more: "And {count} more in your inbox.",
    footer: "Sent by Shangji. Your notification preferences say whether and when such mail comes.",
  },
  "zh-CN": {
    several: "您有 {count} 条新通知",
    more: "收件箱中还有 {count} 条。",
    footer: "由商机 Shangji 发送。您可以在通知偏好中设置是否及何时接收此类邮件。",
  },
};
