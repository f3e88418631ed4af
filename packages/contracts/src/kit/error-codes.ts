/**
 * The closed list of problem codes. Each has one HTTP status and one title per language; a code that is not here
 * cannot be thrown, and a code without a status does not compile.
 */
export const errorCodes = {
  malformed_json: { status: 400, en: "The request body is not valid JSON.", zh: "请求正文不是有效的 JSON。" },
  invalid_cursor: { status: 400, en: "The cursor is not valid for this query.", zh: "游标对此查询无效。" },
  invalid_idempotency_key: {
    status: 400,
    en: "Idempotency-Key must be 1 to 255 printable ASCII characters.",
    zh: "Idempotency-Key 必须为 1 至 255 个可打印的 ASCII 字符。",
  },
  unauthenticated: { status: 401, en: "A valid access token is required.", zh: "需要有效的访问令牌。" },
  forbidden: { status: 403, en: "Your role does not allow this.", zh: "您的角色无权执行此操作。" },
  field_not_allowed: {
    status: 403,
    en: "Your role may not see or write one of these fields.",
    zh: "您的角色无权查看或修改其中的某个字段。",
  },
  origin_not_allowed: {
    status: 403,
    en: "This form may not be sent from this page.",
    zh: "不允许从此页面提交该表单。",
  },
  not_found: { status: 404, en: "There is no such record.", zh: "记录不存在。" },
  conflict: {
    status: 409,
    en: "The record was changed by someone else at the same time. Read it again.",
    zh: "记录刚被其他人修改，请重新读取。",
  },
  duplicate_value: {
    status: 409,
    en: "Another record already has this unique value.",
    zh: "另一条记录已使用该唯一值。",
  },
  duplicate: {
    status: 409,
    en: "There is a record like this one already.",
    zh: "已存在相似的记录。",
  },
  merge_unsettled: {
    status: 409,
    en: "What belongs to this record is still being moved by another merge. Try again in a few minutes.",
    zh: "该记录的另一次合并仍在转移其关联数据，请几分钟后重试。",
  },
  too_many_merged: {
    status: 409,
    en: "A record can take in fifty others.",
    zh: "一条记录最多可合并五十条其他记录。",
  },
  merge_not_undoable: {
    status: 409,
    en: "This merge cannot be undone any more.",
    zh: "该合并已无法撤销。",
  },
  edited_since_merge: {
    status: 409,
    en: "The record was edited since the merge. Say whether the edits are kept or discarded.",
    zh: "合并后该记录已被修改，请说明保留还是放弃这些修改。",
  },
  transition_refused: {
    status: 409,
    en: "The process does not allow this step.",
    zh: "流程不允许此步骤。",
  },
  already_converted: {
    status: 409,
    en: "The lead has been converted, and stays as it is.",
    zh: "该线索已转化，不能再修改。",
  },
  pooled: {
    status: 409,
    en: "The record waits in a pool, and stays as it is until somebody claims it.",
    zh: "该记录在公海中，领取前不能修改。",
  },
  not_in_pool: {
    status: 409,
    en: "The record is not in this pool any more.",
    zh: "该记录已不在此公海中。",
  },
  claim_refused: {
    status: 409,
    en: "The rules of the pool do not allow this.",
    zh: "公海规则不允许此操作。",
  },
  pool_not_empty: {
    status: 409,
    en: "The pool still holds records.",
    zh: "公海中仍有记录。",
  },
  too_many_pools: {
    status: 409,
    en: "An organisation can have a hundred pools.",
    zh: "一个组织最多可有一百个公海。",
  },
  stage_not_editable: {
    status: 409,
    en: "The stage changes only through a transition.",
    zh: "阶段只能通过阶段推进接口变更。",
  },
  policy_locks_out: {
    status: 409,
    en: "With this policy nobody could change the policy any more.",
    zh: "采用此策略后将无人能够修改策略。",
  },
  locks_out: {
    status: 409,
    en: "Nobody would be left who may decide who may do what.",
    zh: "这样将没有人能够管理访问权限。",
  },
  not_erasable: {
    status: 409,
    en: "Only a deactivated user who owns and leads nothing can be erased.",
    zh: "只有已停用且不再拥有或管理任何记录的用户才能被删除。",
  },
  user_inactive: { status: 409, en: "This user is deactivated.", zh: "该用户已停用。" },
  invitation_accepted: { status: 409, en: "This user has signed in already.", zh: "该用户已经登录过。" },
  too_many_shares: {
    status: 409,
    en: "A record can be shared with fifty users and teams.",
    zh: "一条记录最多可共享给五十个用户和团队。",
  },
  too_many_forms: {
    status: 409,
    en: "An organisation can have two hundred forms.",
    zh: "一个组织最多可有两百个表单。",
  },
  idempotency_in_progress: {
    status: 409,
    en: "A request with this Idempotency-Key is still in progress. Try again shortly.",
    zh: "使用此 Idempotency-Key 的请求仍在处理中，请稍后重试。",
  },
  key_not_usable: {
    status: 409,
    en: "The key is revoked, expired or already rotated.",
    zh: "该密钥已吊销、已过期或已轮换。",
  },
  stale_version: {
    status: 412,
    en: "If-Match does not name the record's current version.",
    zh: "If-Match 与记录当前版本不一致。",
  },
  too_large: { status: 413, en: "The request is too large.", zh: "请求过大。" },
  unsupported_media_type: {
    status: 415,
    en: "Send the body as application/json.",
    zh: "请以 application/json 发送正文。",
  },
  unknown_trigger: {
    status: 422,
    en: "Records of this kind are not recycled by such days.",
    zh: "此类记录不支持该回收条件。",
  },
  invalid_request: { status: 422, en: "Some values are not valid.", zh: "部分字段无效。" },
  query_too_expensive: {
    status: 422,
    en: "This list would have to read too much. Narrow it, or sort it otherwise.",
    zh: "此列表需要读取的数据过多，请缩小范围或更换排序方式。",
  },
  unknown_reference: {
    status: 422,
    en: "A value refers to a record that does not exist.",
    zh: "引用的记录不存在。",
  },
  inactive_reference: {
    status: 422,
    en: "A value refers to a user who is deactivated.",
    zh: "引用的用户已停用。",
  },
  currency_without_rate: {
    status: 422,
    en: "The organisation has no rate for this currency.",
    zh: "组织未配置该币种的汇率。",
  },
  idempotency_key_reused: {
    status: 422,
    en: "This Idempotency-Key was already used for another request.",
    zh: "此 Idempotency-Key 已用于另一个请求。",
  },
  precondition_required: {
    status: 428,
    en: "Send If-Match with the version you have read.",
    zh: "请在 If-Match 中给出您读取的版本。",
  },
  too_many_requests: { status: 429, en: "Too many requests. Try again later.", zh: "请求过多，请稍后再试。" },
  internal: { status: 500, en: "Something went wrong on our side.", zh: "服务器内部错误。" },
  event_out_of_time: {
    status: 422,
    en: "The event is too old, or of the future.",
    zh: "该事件过旧，或发生在未来。",
  },
  unavailable: { status: 503, en: "The service is busy. Try again shortly.", zh: "服务繁忙，请稍后重试。" },
} as const satisfies Record<string, { status: number; en: string; zh: string }>;

export type ErrorCode = keyof typeof errorCodes;
