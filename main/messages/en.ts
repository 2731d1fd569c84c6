// What the terminal says, in English. The Chinese file must have the same keys: the type says so.

import type { Locale } from '../../dashboard/messages/locale.ts'

export const en = {
  language: 'en' as const,
  portMoved: (variable: string, from: number, to: number) =>
    `Port ${from} is taken; using ${to} instead (set ${variable} to choose).`,
  unknownVariable: (name: string) => `${name} is not a setting of Merit; see the table in the README. It is ignored.`,
  buildingWebApp: 'Building the web app …',
  makingDemoBook: 'Making the demo book: accounts, policies, devices …',
  startingEdge: 'Starting edge (MQTT, ingest) …',
  startingOffice: 'Starting office (pricing, dashboard) …',
  startingDevices: 'Replaying recorded drives and starting the simulated fleet …',
  running: 'Merit is running. Ctrl-C stops it; nothing is lost.',
  stopping: 'Stopping: devices, edge, office …',
  stopped: 'Stopped.',
  dashboard: 'Dashboard',
  mqtt: 'MQTT',
  overWebSocket: (url: string) => `over WebSocket ${url}`,
  edge: 'Edge',
  dataFolder: 'Data folder',
  signInAs: 'Sign in as',
  email: 'e-mail',
  password: 'password',
  roles: { insurer: 'Insurer', policyholder: 'Policyholder', maker: 'Device maker', tester: 'Tester' },
  counts: (messages: string, readings: string, trips: string, premiums: string) =>
    `messages ${messages} · stored readings ${readings} · trips ${trips} · premiums ${premiums}`,
  demoOnNetwork: (host: string) =>
    `The demo listens on ${host}, not only on this machine: anyone who reaches it can try its accounts. MERIT_DEMO=0 starts without.`,
  fleetRunning: (devices: number) => `${devices} simulated devices are publishing. Ctrl-C stops them.`,
  fleetCounts: (online: number, published: number, acknowledged: number, refused: number) =>
    `online ${online} · published ${published} · acknowledged ${acknowledged} · refused ${refused}`,
  deviceAdded: (id: string, secret: string) => `Device ${id} is registered.\nIts secret, shown only this once:\n  ${secret}`,
  insurerAdded: (id: string) =>
    `Insurer ${id} is there, with plans of its own. "merit account add EMAIL --role insurer --insurer ${id}" lets somebody in.`,
  auditFits: (rows: number, head: string) =>
    `All ${rows} rows fit. Note this and give it to --head the next time; then rows that are gone show too:\n  ${head}`,
  policyAdded: (id: string) => `Policy ${id} is in force.`,
  accountAdded: (email: string, password: string) =>
    `Account ${email} is made.\nIts first password, shown only this once:\n  ${password}`,
  secondFactorReset: (email: string) =>
    `${email} signs in with the password alone again, and is signed out everywhere. Ask for a new second factor to be set up.`,
  replaying: (file: string, device: string, from: string, to: string) => `${file} as ${device}, placed at ${from} – ${to}`,
  replayed: (accepted: number, duplicate: number, rejected: number) =>
    `accepted ${accepted}, already there ${duplicate}, refused ${rejected}`,
  noTrips: (device: string) => `${device} has made no trip yet.`,
  noPremium: (policy: string) => `${policy} has no premium yet.`,
  noNotice: (policy: string) => `${policy} has had no change of premium of 10 % or more.`,
  written: (file: string) => `Written to ${file}.`,
  tripsHeading: ['start', 'end', 'km', 'brakes', 'accelerations', 'corners', 'status'],
  perMonth: 'per month',
  classPrice: 'class price',
  ownPrice: 'own price',
  nudgeReport: {
    experiment: (id: string, share: string) => `Experiment ${id}: ${share} of the policies are held out and get no messages.`,
    people: (assigned: number, counted: number, messages: number) =>
      `${assigned} policies take part, ${counted} of them drove enough before and since; ${messages} messages were sent.`,
    tooFew: (nudged: number, heldOut: number) =>
      `Too few to say anything: ${nudged} nudged and ${heldOut} held out were counted; 30 of each are needed.`,
    heading: ['hard events per 1,000 km', 'policies', 'measured', 'adjusted by the past'],
    nudged: 'nudged',
    heldOut: 'held out',
    difference: (difference: string, low: string, high: string) =>
      `Difference, whoever read what: ${difference}, 95 % interval ${low} to ${high}.`,
    explained: (share: string) => `What each did before explains ${share} of the variance.`,
    verdict: {
      helps: 'Nudging helps.',
      harms: 'Nudging harms.',
      'not-shown': 'Neither help nor harm is shown.',
    },
    stopped: (time: string) => `The arm was stopped at ${time}, because it did harm: no more messages are sent.`,
  },
  help: `Usage: npm run -s merit -- COMMAND [OPTIONS]

  insurer add ID NAME | list                         an installation may serve several; they see nothing of each other
  audit verify [--insurer ID] [--head NUMBER:HASH]   whether all that was written down is still as it was
  device add ID --kind vehicle|home [--label TEXT]   registers a device; prints its secret once
  device list                                        devices and whether they are revoked
  policy add --product motor|home --device ID        insures a device (several --device for a home)
      [--id ID] [--holder NAME] [--time-zone ZONE] [--facts JSON]
  policy list                                        policies with their current premium
  account add EMAIL --role insurer|policyholder|maker|tester [--name NAME] [--policy ID]
                                                     makes a sign-in; prints its password once
  account reset-second-factor EMAIL                  for somebody who lost phone and recovery codes: takes codes
                                                     and passkeys off, signs out everywhere, and is written down
  edition list [--plan PLAN] | show EDITION | check EDITION | diff EDITION [OTHER]
                                                     editions of the rate plans; EDITION is an id or a hash
  edition draft (--from EDITION [--title TITLE] | FILE.json) --as EMAIL
  edition replace EDITION FILE.json | rate-test-cases EDITION | discard EDITION   --as EMAIL
                                                     makes and changes drafts
  edition submit|approve|withdraw EDITION --as EMAIL [--comment TEXT] [--hash HASH]
  edition schedule EDITION [--at TIME] --as EMAIL    four eyes: nobody approves what they wrote or submitted
  edition export EDITION --out FOLDER|FILE.zip | --table TABLE
  edition import EDITION FILE.csv [--table TABLE] [--take HASH --as EMAIL]
                                                     tables as CSV; shown as a difference first
  edition shadow EDITION [--off yes] --as EMAIL | --plan PLAN
                                                     prices an edition beside the active one, and what it would change
  replay FILE --device ID [--speed 60] [--start recent|original|TIME]
                                                     publishes a recording (CSV or GPX) over MQTT as that device
  readings ID [--from TIME] [--to TIME] [--format csv|json]
                                                     the stored readings of a device
  trips ID                                           the trips of a device
  premium POLICY                                     the worksheet of the current premium
  verify STATEMENT.pdf|PREMIUM|POLICY                recomputes a premium from the stored readings up, to the cent
  nudge-report [--insurer ID]                        what nudging did, against those held out
  notice POLICY [--out FILE.pdf] [--locale en|zh-CN]  why the premium changed by 10 % or more, to the cent
  dislocation EDITION|FILE.json [--seed N] [--claims FILE.csv] [--target-loss-ratio 0.65]
      [--night HH:MM-HH:MM] [--speeding-tolerance KPH] [--html FILE.html]
                                                     what becomes of every premium under a draft
  filing EDITION --out pack.zip [--locale en|zh-CN]  everything to file of an edition: manual, tables, dislocation, …
  fit MODEL.json --data FILE.csv[.gz] [--relativities FILE.csv] [--factors FILE.json] [--powers 1.3,1.5,1.7]
                                                     fits a generalised linear model; relativities and class factors
  additive FILE.csv[.gz] --response COLUMN --exposure COLUMN --factors A,B,C [--up COLUMN] [--pairs 20]
      [--edition FILE.json] [--card FILE.json] [--pictures FOLDER]
                                                     tables of factors and their pairs, as an edition and in pictures
  portfolio FOLDER [--policies 10000] [--seed 1]     a simulated portfolio with its claims and its truth, to fit
  credibility --plan PLAN [--period-days 28] [--method unbiased|iterative]
                                                     K of each behaviour, now and as the book's trips indicate
  help                                               this page

What is made belongs to the insurer named with --insurer, or to merit, the first.
Add --json for machine-readable output. TIME is ISO 8601 or epoch milliseconds.
Settings come from MERIT_… environment variables; the README has the table.`,
  errors: {
    unknownCommand: (command: string) => `There is no command "${command}"; "merit help" lists them.`,
    missing: (what: string, usage: string) => `${what} is missing. Usage: ${usage}`,
    badOption: (option: string, found: string, expected: string) =>
      `--${option} is ${JSON.stringify(found)}; expected ${expected}.`,
    unknownDevice: (id: string) => `There is no device "${id}"; "merit device add ${id} --kind vehicle" registers it.`,
    unknownEdition: (reference: string) =>
      `There is no edition "${reference}"; name one by its id, its hash, the beginning of its hash, or by its plan.`,
    unfitEdition: (reference: string, problems: string) => `${reference} cannot be filed as it is: ${problems}.`,
    notWritten: (file: string, reason: string) => `${file} cannot be written: ${reason}.`,
    unknownPolicy: (id: string) => `There is no policy "${id}"; "merit policy list" shows them.`,
    unknownInsurer: (id: string) => `There is no insurer "${id}"; "merit insurer list" shows them.`,
    insurerExists: (id: string) => `There is already an insurer "${id}".`,
    badInsurerId: (id: string) =>
      `"${id}" cannot be an insurer's id: 2 to 32 lower-case letters, digits or hyphens, a letter first.`,
    badInsurerName: 'An insurer has a name of 1 to 80 characters.',
    auditBroken: (id: string, time: string, how: string) =>
      `What was written down does not fit from ${id} of ${time} on (${how}).`,
    auditShortened: (rows: number) =>
      `All ${rows} rows fit each other, but not the head that was noted: rows are gone or were written anew.`,
    deviceExists: (id: string) => `Device "${id}" is already registered.`,
    badDeviceId: (id: string) =>
      `"${id}" cannot be a device id: 1 to 64 letters, digits, dots, underscores or hyphens, starting with a letter or digit.`,
    notInsurable: (reason: string) => `The policy was not added: ${reason}.`,
    badEmail: (email: string) => `"${email}" is not an e-mail address.`,
    insure: {
      badTimeZone: (zone: string) => `"${zone}" is not an IANA time zone such as Europe/Amsterdam`,
      badFacts: (problem: string) => `the class facts do not fit (${problem})`,
      noDevice: 'a policy needs a device',
      exists: (id: string) => `there is already a policy "${id}"`,
      unknownHolder: (id: string) => `there is no policyholder "${id}"`,
      noEdition: (product: string) => `there is no active edition for ${product}`,
      wrongKind: (device: string, found: string, expected: string) =>
        `${device} is a ${found}; this product insures a ${expected}`,
      alreadyInsured: (device: string, policy: string) => `${device} is already insured by ${policy}`,
    },
    unknownAccount: (email: string) => `There is no account for ${email}.`,
    noSecondFactor: (email: string) => `${email} has no second factor: the password alone signs in.`,
    accountExists: (email: string) => `There is already an account for ${email}.`,
    edgeAway: (address: string) => `Nothing answers MQTT at ${address}. Start Merit with "npm start", or set MERIT_MQTT_PORT.`,
    fileMissing: (file: string) => `There is no file ${file}.`,
    wrongKind: (file: string, found: string, device: string, kind: string) =>
      `${file} is a recording of a ${found}, but ${device} is a ${kind}.`,
    dataFolder: (folder: string, reason: string) =>
      `The data folder ${folder} cannot be used (${reason}). Set MERIT_DATA_DIR to one that can be written.`,
    alreadyRunning: (pid: number) =>
      `Merit is already running on this data folder (process ${pid}). Stop it, or set MERIT_DATA_DIR to another.`,
  },
}

export type TerminalMessages = Omit<typeof en, 'language'> & { readonly language: Locale }
