import type { ImportEntity } from "@shangji/contracts/imports/schemas";

/** A field that a column can feed. `aliases` are column names that mean it when no mapping is given. */
export interface ImportField {
  name: string;
  aliases: readonly string[];
  required?: true;
}

const field = (name: string, ...aliases: string[]): ImportField => ({ name, aliases });
const owner = field("owner", "负责人", "归属人", "跟进人", "owner name", "所有人");
const tags = field("tags", "标签");
const phone = field("phone", "手机", "手机号", "电话", "联系电话", "座机号", "phone number", "mobile");

/** What can be imported, per entity. The first of two aliases wins when a file has both. */
export const importFields: Readonly<Record<ImportEntity, readonly ImportField[]>> = {
  accounts: [
    {
      ...field("name", "客户名称", "公司名称", "企业名称", "account", "account name", "company", "company name"),
      required: true,
    },
    field("externalId", "客户编号", "id", "account id"),
    field("industry", "客户行业", "行业", "sector"),
    field("employees", "员工数量", "员工人数", "人数", "number of employees"),
    field("annualRevenue", "年营业额", "年收入", "revenue"),
    field("annualRevenueMillions"),
    field("foundedYear", "成立年份", "year founded", "year established"),
    field("region", "地区", "区域", "所在地区"),
    field("website", "客户网址", "网址", "官网", "company domain name"),
    phone,
    field(
      "contractEndsOn",
      "合同到期日",
      "合同到期日期",
      "合同结束日期",
      "合同终止日期",
      "contract end",
      "contract end date",
    ),
    field("parent", "上级客户", "母公司", "parent account", "parent company"),
    owner,
    tags,
  ],
  contacts: [
    {
      ...field("name", "联系人", "姓名", "联系人名字", "contact", "contact name", "full name", "key contact"),
      required: true,
    },
    field("externalId", "联系人编号", "id", "contact id"),
    field("account", "客户名称", "公司名称", "所属客户", "account name", "company", "company name"),
    field("title", "职位", "职务", "job title"),
    field("email", "邮箱", "客户邮箱", "电子邮件", "e-mail", "email address"),
    phone,
    owner,
    tags,
  ],
  products: [
    { ...field("name", "产品名称", "产品", "商品名称", "product", "product name"), required: true },
    field("externalId", "id", "product id"),
    field("code", "产品编号", "产品编码", "sku", "product code"),
    field("family", "产品系列", "产品线", "产品分类", "series"),
    field("listPrice", "价格", "标准价格", "单价", "sales price", "price"),
    field("currency", "币种", "货币"),
  ],
  users: [
    { ...field("name", "姓名", "员工姓名", "sales agent", "full name"), required: true },
    field("externalId", "工号", "员工编号", "id", "user id"),
    field("email", "邮箱", "电子邮件", "e-mail", "email address"),
    field("role", "角色"),
    field("team", "团队", "部门", "team name"),
    field("manager", "经理", "主管", "上级"),
    field("region", "地区", "区域", "大区", "regional office"),
  ],
  opportunities: [
    field("name", "商机名称", "名称", "opportunity", "opportunity name", "deal name"),
    field("externalId", "商机编号", "id", "opportunity id", "deal id"),
    { ...owner, aliases: [...owner.aliases, "sales agent"] },
    field("account", "客户名称", "客户", "公司名称", "account name", "company"),
    field("products", "产品", "产品名称", "product"),
    field("pipeline", "销售流程", "销售管道"),
    field("stage", "阶段", "商机阶段", "销售阶段", "deal stage"),
    field("amount", "金额", "商机金额", "预计金额", "value", "close value"),
    field("currency", "币种", "货币"),
    field("openedAt", "开启日期", "商机开始日期", "open date", "opened"),
    field("closedAt", "关闭日期", "结束日期", "成交日期", "close date"),
    field("stageEnteredAt", "进入阶段日期"),
    field("lostFromStage", "输单前阶段"),
    field("lostReason", "输单原因", "丢单原因", "loss reason"),
    field("expectedCloseDate", "预计成交日期", "预计结单日期", "expected close"),
    field("source", "来源", "商机来源", "lead source"),
    tags,
  ],
  leads: [
    {
      ...field("name", "姓名", "线索姓名", "线索名称", "联系人", "lead", "lead name", "full name", "contact name"),
      required: true,
    },
    field("externalId", "线索编号", "id", "lead id"),
    field("company", "公司名称", "公司", "客户名称", "企业名称", "company name", "organisation", "organization"),
    field("title", "职位", "职务", "job title"),
    field("email", "邮箱", "电子邮件", "e-mail", "email address"),
    phone,
    field("website", "网址", "官网", "company website"),
    field("region", "地区", "区域", "所在地区"),
    field("industry", "行业", "所属行业", "sector"),
    field("source", "来源", "线索来源", "lead source"),
    field("campaign", "市场活动", "推广活动", "campaign name"),
    field("utmSource", "utm_source"),
    field("utmMedium", "utm_medium"),
    field("utmCampaign", "utm_campaign"),
    field("utmTerm", "utm_term"),
    field("utmContent", "utm_content"),
    field("message", "留言", "备注", "需求", "description", "comments"),
    owner,
    tags,
  ],
};

export function fieldOf(entity: ImportEntity, name: string): ImportField | undefined {
  return importFields[entity].find((known) => known.name === name) ?? customField(entity, name);
}

const customPattern = /^custom\.[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** Leads have values by names of their own, of which a column can feed any. */
function customField(entity: ImportEntity, name: string): ImportField | undefined {
  return entity === "leads" && customPattern.test(name) ? field(name) : undefined;
}

/** Folds a column name: case, width, spaces, underscores and a remark in brackets do not matter. */
export function foldHeader(header: string): string {
  return header
    .normalize("NFKC")
    .replace(/\([^)]*\)/gu, "")
    .toLowerCase()
    .replace(/[\s_\-*]+/gu, "");
}
