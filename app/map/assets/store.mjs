// The second, invisible component: it holds graphs, which are large and rarely change.
// Streamlit sends the data of an unchanged component as a hash, so a click on the map carries states only.
// index.mjs imports this very module, so both see the same map without a global variable.

const KEPT = 12; // several pages, views and directions
const graphs = new Map();
const waiting = new Map();

/** Give `use` the graph with this `rev`, now or as soon as it arrives. Only the last use of an owner counts. */
export function withGraph(rev, owner, use) {
  forget(owner);
  const found = graphs.get(rev);
  if (found) use(found);
  else waiting.set(owner, { rev, use });
}

/** The owner is gone or wants another graph. */
export function forget(owner) {
  waiting.delete(owner);
}

export default function store({ data }) {
  if (!data?.rev) return;
  graphs.delete(data.rev); // moved to the end: the newest are kept
  graphs.set(data.rev, data);
  while (graphs.size > KEPT) graphs.delete(graphs.keys().next().value);
  for (const [owner, { rev, use }] of [...waiting]) {
    if (rev !== data.rev) continue;
    waiting.delete(owner);
    use(data);
  }
}
