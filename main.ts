// Merit, as a list of its processes. Each builds its stages in the order data takes:
//
//   edge    devices ─MQTT─▶ broker ─▶ ingest ─▶ store
//   office                                      store ─▶ pricing ─▶ dashboard
//
// `start` runs both, and the demo's devices, under one supervisor; `merit` is the command line.

const processes = {
  start: async () => (await import('./main/supervisor.ts')).runSupervisor(),
  edge: async () => (await import('./main/edge.ts')).runEdge(),
  office: async () => (await import('./main/office.ts')).runOffice(),
  simulate: async () => (await import('./main/simulate.ts')).runSimulate(process.argv.slice(3)),
  merit: async () => (await import('./main/command-line.ts')).runCommandLine(process.argv.slice(3)),
}
