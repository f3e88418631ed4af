import type { NotificationKind } from "@shangji/contracts/notifications/schemas";

export type ReaderLanguage = "en" | "zh-CN";

/** A text in which `{field}` stands for a value. */
export interface Template {
  title: string;
  text: string;
}

/** Fields that any template may name; one of something that comes may name `days`, too: how many were left when it was told. */
export const mergeFields = ["name", "by"] as const;
export type MergeField = (typeof mergeFields)[number];

/** The words of every kind of notification. */
export const templates: Readonly<Record<NotificationKind, Readonly<Record<ReaderLanguage, Template>>>> = {
  lead_assigned: {
    en: { title: "A lead for you: {name}", text: "{by} gave you the lead “{name}”." },
    "zh-CN": { title: "新线索：{name}", text: "{by}已将线索“{name}”分配给您。" },
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
};

/** What stands for a value that there is none of. */
export const stands: Readonly<Record<ReaderLanguage, Readonly<Record<"hidden" | "system" | "somebody", string>>>> = {
  en: { hidden: "a record that you cannot see", system: "The system", somebody: "Somebody" },
  "zh-CN": { hidden: "您无权查看的记录", system: "系统", somebody: "有人" },
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
