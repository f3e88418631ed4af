import type { UserInvitationConfig } from "aws-cdk-lib/aws-cognito";
import type { Customer } from "../customer.ts";

/** Days for which the password of an invitation can be used. */
export const invitationDays = 3;

/** Cognito puts the e-mail address and the temporary password where the braces stand, and sends HTML. */
const texts = {
  "zh-CN": {
    emailSubject: "邀请您使用商机 Shangji",
    emailBody: [
      "<p>您好！</p>",
      "<p>您已受邀使用商机（Shangji）客户关系管理系统。</p>",
      "<p>登录名：{username}<br>临时密码：{####}</p>",
      `<p>首次登录时请设置您自己的密码。临时密码 ${invitationDays} 天内有效；如已过期，请联系管理员重新发送邀请。</p>`,
      "<p>如果您不认识发件方，请忽略此邮件。</p>",
    ].join("\n"),
  },
  en: {
    emailSubject: "You are invited to Shangji",
    emailBody: [
      "<p>Hello,</p>",
      "<p>You have been invited to Shangji, your organisation's CRM.</p>",
      "<p>Sign in as: {username}<br>Temporary password: {####}</p>",
      `<p>You choose a password of your own when you first sign in. The temporary one works for ${invitationDays} days; after that, ask an administrator for another invitation.</p>`,
      "<p>If this means nothing to you, please ignore this mail.</p>",
    ].join("\n"),
  },
} as const satisfies Record<string, UserInvitationConfig>;

/** The mail by which people are invited, in the customer's language. */
export function invitationMail({ locale }: Customer): UserInvitationConfig {
  return texts[locale];
}
