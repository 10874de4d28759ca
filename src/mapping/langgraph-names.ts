/** Nodes of prebuilt agents and of LangGraph itself: nobody chose these names, and they say nothing of a stage. */
const GIVEN_NODES: ReadonlySet<unknown> = new Set([
  ...['agent', 'model_request', 'tools', 'action', 'generate_structured_response'],
  ...['pre_model_hook', 'post_model_hook', '__start__', '__end__'],
]);

export const isGivenNode = (name: string): boolean => GIVEN_NODES.has(name);

/**
 * The name in the bot's code that a run of LangGraph goes by: its node's, else its agent's.
 *
 * @param of reads one key of the run's metadata
 */
export function langGraphName(of: (key: 'langgraph_node' | 'lc_agent_name') => unknown): unknown {
  const node = of('langgraph_node');
  return node === undefined || GIVEN_NODES.has(node) ? of('lc_agent_name') : node;
}
