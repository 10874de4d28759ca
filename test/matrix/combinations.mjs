// @ts-check
import { NEWEST, OLDEST, SDK_LINES, USUAL } from './sdk-lines.mjs';

/**
 * One bot: an SDK line under one major of Node, and who installed it with this package in which order.
 *
 * @typedef {object} Combination
 * @property {import('./sdk-lines.mjs').SdkLine} line
 * @property {number} node
 * @property {'npm' | 'pnpm'} manager
 * @property {'first' | 'last'} ours whether this package or the SDK was installed first
 */

const NODES = [20, 22, 24, 26];
const [OLDEST_NODE = 0] = NODES;
const NEWEST_NODE = NODES.at(-1) ?? 0;

/** @returns {readonly Combination[]} */
export const everyCombination = () =>
  SDK_LINES.flatMap((line) =>
    NODES.flatMap((node) =>
      /** @type {const} */ (['npm', 'pnpm']).flatMap((manager) =>
        /** @type {const} */ (['last', 'first']).map((ours) => ({ line, node, manager, ours })),
      ),
    ),
  );

/** @type {readonly Combination[]} */
export const CORNERS = [
  { line: OLDEST, node: OLDEST_NODE, manager: 'npm', ours: 'last' },
  { line: OLDEST, node: NEWEST_NODE, manager: 'npm', ours: 'first' },
  { line: USUAL, node: NEWEST_NODE, manager: 'pnpm', ours: 'first' },
  { line: NEWEST, node: OLDEST_NODE, manager: 'pnpm', ours: 'last' },
  { line: NEWEST, node: NEWEST_NODE, manager: 'npm', ours: 'last' },
];
