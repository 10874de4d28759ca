import { invalid, list, type Parser, valid } from './parser';

const EXPECTED =
  '"tool:<tool name>:<path>", such as "tool:place_order:orderId" or "tool:trade:data.order.id"';

/**
 * Where results of tool spans hold order ids. The tool's name may hold colons, the path may not; its parts
 * are keys or list positions with dots between them.
 */
const RULE = /^tool:[^\s,][^,\p{Cc}]*:[^\s:,.]+(\.[^\s:,.]+)*$/u;

export const orderIdRules: Parser<readonly string[]> = list(
  (item) => (item.length <= 300 && RULE.test(item) ? valid(item) : invalid(EXPECTED, item)),
  EXPECTED,
);
