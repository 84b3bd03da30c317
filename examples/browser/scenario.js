/** The steps that the page begins with; a step's doc string stands beside it. */
export const steps = [
  ['Given a cluster with 3 nodes'],
  ['And the manifest in "shop.yaml"'],
  ['And every pod is ready'],
  ['When node "node-1" loses power for 10 minutes'],
  ['And 1 minute passes'],
];
