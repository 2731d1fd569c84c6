// What `npm run simulate -- --scenario` says, in English. The Chinese file must have the same keys: the type says so.

export const scenarioEn = {
  unknownScenario: (name: string, names: string) => `There is no scenario "${name}"; use a file, "all" or one of ${names}.`,
  fileMissing: (file: string) => `There is no file ${file}.`,
  problem: (file: string, line: string) => `Merit: ${file}#${line}`,
  badFaults: (option: string, at: number, text: string, problem: string, mend: string) =>
    `${option}, part ${at} ("${text}"): ${problem}; ${mend}.`,
  needsPolicy: (option: string, fault: string) =>
    `${option}: ${fault} is a second device of one policy; only scenarios have policies.`,
  notWritten: (file: string, reason: string) => `The report ${file} cannot be written: ${reason}.`,
  leftOut: (roads: number, km: number) =>
    `${roads} one-way pieces of road (${km} km) are left out: they cannot be reached from the rest and left again.`,
  phases: {
    starting: 'starting',
    publishing: 'publishing',
    storing: 'storing',
    pricing: 'pricing',
    checking: 'checking',
  },
  progress: (
    phase: string,
    online: number,
    devices: number,
    published: string,
    acknowledged: string,
    rate: string,
    time: string,
    megabytes: number,
  ) =>
    `${phase} · online ${online}/${devices} · published ${published} · acknowledged ${acknowledged} · ${rate}/s · ${time} · ${megabytes} MB`,
  report: {
    title: (title: string, name: string, seed: string) => `${title} (${name}, seed ${seed})`,
    size: (devices: number, days: number, seconds: number) =>
      `${devices} ${devices === 1 ? 'device' : 'devices'}, ${days} ${days === 1 ? 'day' : 'days'}, in ${seconds} s`,
    early: 'Ended early: it was stopped before it was over. What was acknowledged until then was checked all the same.',
    published: 'published',
    acknowledged: 'acknowledged',
    stored: 'stored',
    duplicates: 'duplicates',
    quarantined: 'quarantined',
    missing: 'missing',
    twice: 'twice',
    unexpected: 'unexpected',
    connections: (refused: number, cut: number) => `wrong secrets refused: ${refused} · packets too large cut off: ${cut}`,
    trips: 'trips',
    toldByTwo: 'told by two devices',
    events: 'events',
    found: (recall: string, precision: string) => `recall ${recall}, precision ${precision}`,
    premium: 'premium',
    unfaulted: 'without faults',
    truly: 'of the true behaviour',
    byFaults: 'by faults',
    byMeasuring: 'by measuring',
    sound: 'Everything that was acknowledged is there, once.',
    unsound: 'NOT SOUND: something that was acknowledged is missing, or something is there that should not be.',
    writtenTo: (file: string) => `report: ${file}`,
  },
  groups: {
    mileage: 'mileage and exposure',
    brakes: 'braking',
    accelerations: 'acceleration',
    turns: 'cornering',
    night: 'night',
    speeding: 'speeding',
    phone: 'phone',
    days: 'days',
    water: 'water',
    freeze: 'freezing',
    fire: 'fire',
    intrusion: 'intrusion',
    humidity: 'humidity',
  },
  help: {
    usage: [
      'npm run simulate -- [--vehicles N] [--homes N] [--seed S] [--speed N] [--days N] [--faults LIST] [--recording FILE] [--road GEOJSON]',
      '    a fleet against the Merit of this data folder, until Ctrl-C',
      'npm run -s simulate -- --scenario NAME|all|FILE [--seed S] [--faults LIST] [--json] [--report FILE]',
      '    a scenario over a Merit of its own, and its report; exit code 1 when something acknowledged is missing or counted twice',
    ],
    faults: 'Faults: NAME=INTENSITY[@SHARE OF DEVICES][/FROMDAY-UNTILDAY], several with commas',
    scenarios: 'Scenarios',
    usual: (usual: number) => `usual ${usual}`,
  },
}

export type ScenarioMessages = typeof scenarioEn
